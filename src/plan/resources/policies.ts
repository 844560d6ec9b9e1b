import type { AutoPrunePolicy, ImmutabilityPolicy } from '../../api/index.js';
import type { Change } from '../change.js';
import { together, unread, type Context, type FamilyPlan } from '../context.js';
import { byThing, compareKeyed, groupByThing } from '../keyed.js';
import type { ObservedAutoPrune, ObservedImmutability } from '../observed.js';
import { things } from '../managed-items.js';

/** Where policies stand, as stated and as found. */
interface Place {
  /** `undefined` for the organization itself. */
  readonly repository?: string;
  readonly stated: {
    readonly autoPrune?: readonly AutoPrunePolicy[] | undefined;
    readonly immutability?: readonly ImmutabilityPolicy[] | undefined;
  };
  readonly found: {
    readonly autoPrune?: readonly ObservedAutoPrune[];
    readonly immutability?: readonly ObservedImmutability[];
  };
}

/** Auto-prune and immutability policies of the organization and of every repository. */
export function planPolicies(context: Context): FamilyPlan {
  const { spec, observed, listed } = context;
  const names = new Set(listed.map(({ found }) => found.name));
  const places: readonly Place[] = [
    { stated: spec, found: observed },
    ...listed.map(({ stated, found }) => ({ repository: found.name, stated, found })),
    ...observed.repositories
      .filter(({ name }) => !names.has(name))
      .map((found) => ({ repository: found.name, stated: {}, found })),
  ];
  return together(places.flatMap((place) => [planAutoPrune(context, place), planImmutability(context, place)]));
}

function planAutoPrune(context: Context, { repository, stated, found }: Place): FamilyPlan {
  const place = repository === undefined ? {} : { repository };
  const what = things.autoPruneAt(repository);
  if (found.autoPrune === undefined) return unread(context, what, stated.autoPrune?.length ? what : undefined);
  return compareKeyed(context.claim, {
    stated: byThing(stated.autoPrune ?? [], (policy) => things.autoPrune(repository, policy)),
    found: groupByThing(found.autoPrune, (policy) => things.autoPrune(repository, policy)),
    make: (policy): Change[] => [{ type: 'CreateAutoPrune', ...place, policy }],
    remove: (group): Change[] =>
      group.map(({ uuid, ...policy }) => ({ type: 'DeleteAutoPrune', ...place, uuid, policy })),
  });
}

function planImmutability(context: Context, { repository, stated, found }: Place): FamilyPlan {
  const place = repository === undefined ? {} : { repository };
  const what = things.immutabilityAt(repository);
  if (found.immutability === undefined) return unread(context, what, stated.immutability?.length ? what : undefined);
  return compareKeyed(context.claim, {
    stated: byThing(stated.immutability ?? [], (policy) => things.immutability(repository, policy.tagPattern)),
    found: byThing(found.immutability, (policy) => things.immutability(repository, policy.tagPattern)),
    make: (policy): Change[] => [{ type: 'CreateImmutability', ...place, policy }],
    adjust: (policy, { uuid, tagPatternMatches }) =>
      policy.tagPatternMatches === tagPatternMatches
        ? {}
        : { changes: [{ type: 'UpdateImmutability', ...place, uuid, policy }] },
    remove: ({ uuid, tagPattern }): Change[] => [{ type: 'DeleteImmutability', ...place, uuid, tagPattern }],
  });
}
