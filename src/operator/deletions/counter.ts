import { type ChangeSet, type DeletionKind, isDeleted } from '../../converge/index.js';
import { countsAt } from '../../plan/index.js';

/** Which deletions of one integration the limit counts already: one that is tried again within the hour is the same. */
export interface Counter {
  /** Takes these in, and gives how many of them were not counted before. */
  readonly count: (kind: DeletionKind, names: readonly string[], now: number) => number;
  /** Those that are counted, and that nobody has seen to be made. */
  readonly tried: (kind: DeletionKind, now: number) => readonly string[];
  /** What was made, or is no longer asked for, is over: the next of its name is another deletion. */
  readonly complete: (changeSet: Pick<ChangeSet, 'organizations'>) => void;
}

/** What an integration goes by here: one that is made again under its name counts from the start, as its status does. */
interface Countable {
  readonly integration: { readonly metadata: { readonly name: string; readonly uid?: string | undefined } };
}

/** Gives the counter of an integration. */
export type Counters = (of: Countable) => Counter;

/** Nothing is counted yet. */
export function createCounters(): Counters {
  const all = new Map<string, Counter>();
  return ({ integration: { metadata } }) => {
    const { name, uid = name } = metadata;
    const counter = all.get(uid) ?? createCounter();
    all.set(uid, counter);
    return counter;
  };
}

/** Has counted nothing yet. */
export function createCounter(): Counter {
  const times: Readonly<Record<DeletionKind, Map<string, number>>> = {
    organizations: new Map(),
    repositories: new Map(),
  };
  const tried: Counter['tried'] = (kind, now) => {
    for (const [name, time] of times[kind]) if (!countsAt(now, time)) times[kind].delete(name);
    return [...times[kind].keys()];
  };
  return {
    tried,
    count: (kind, names, now) => {
      const known = new Set(tried(kind, now));
      const fresh = names.filter((name) => !known.has(name));
      for (const name of fresh) times[kind].set(name, now);
      return fresh.length;
    },
    complete: ({ organizations }) => {
      for (const result of organizations) {
        const { organization, deletion, done } = result;
        if (deletion?.outcome === 'Release' || isDeleted(result)) times.organizations.delete(organization);
        for (const { change } of done)
          if (change.type === 'DeleteRepository') times.repositories.delete(`${organization}/${change.repository}`);
      }
    },
  };
}
