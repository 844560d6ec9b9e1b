import { type Change, type Needs } from '../../plan/index.js';
import { type Observation, type Quay } from '../../quay/index.js';
import { type Remembered } from './observation-cache.js';
import { afterChange } from './after-change.js';

/**
 * A Quay that answers from memory what it showed since a moment, unless a fresh look is wanted; our own writes are remembered as
 * well. Whose an organization is shows in what is answered, so nothing older may stand for it.
 */
export function rememberingQuay(
  quay: Quay,
  remembered: Remembered,
  { isFresh: fresh, since }: { readonly isFresh: boolean; readonly since: number },
): Quay {
  let isFresh = fresh || (remembered.observation?.at ?? since) < since;
  return {
    ...quay,
    get calls() {
      return quay.calls;
    },
    observe: async (organization, needs, options) => {
      const known = remembered.observation;
      if (!isFresh && known !== undefined && covers(known, needs)) return known.seen;
      remembered.observation = undefined;
      const at = performance.now();
      const seen = await quay.observe(organization, needs, { ...options, tokens: true });
      remembered.observation = { seen, needs, at };
      // What was read in this run need not be read again in it.
      isFresh = false;
      return seen;
    },
    apply: async (organization, change, secrets) => {
      const before = remembered.observation;
      remembered.observation = undefined;
      const answer = await quay.apply(organization, change, secrets);
      // What was there without our knowing makes all else that is remembered doubtful.
      const seen = before && answer.wasThere !== true ? after(before.seen, change) : undefined;
      if (before !== undefined && seen !== undefined) remembered.observation = { ...before, seen };
      return answer;
    },
  };
}

function after(seen: Observation, change: Change): Observation | undefined {
  if (seen.state !== 'Observed') return undefined;
  const organization = afterChange(seen.organization, change);
  return organization === undefined ? undefined : { ...seen, organization };
}

/** Whether everything that is needed was read; an organization that was not there, or was hidden, is observed again. */
function covers({ seen, needs }: NonNullable<Remembered['observation']>, wanted: Needs): boolean {
  if (seen.state !== 'Observed' || seen.tokens === undefined) return false;
  const flags = ['roles', 'autoPrune', 'immutability', 'proxyCache'] as const;
  const lists = ['teamPermissions', 'teamMembers'] as const;
  return (
    flags.every((flag) => needs[flag] || !wanted[flag]) &&
    lists.every((list) => wanted[list].every((one) => needs[list].includes(one))) &&
    JSON.stringify(needs.repositories) === JSON.stringify(wanted.repositories)
  );
}
