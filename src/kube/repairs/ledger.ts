import { fightsUntil, intervalOf, isForgotten, isToBeTold, triedAgain, type Tried, waitOf } from './damping.js';

/** One thing that is kept as it is meant to be. */
export interface Kept {
  /** The object whose status and Events speak of it. */
  readonly owner: string;
  /** The kind of what is written, for metrics. */
  readonly kind: string;
  /** What is written, in words that name no other: `the entry x of ServiceAccount shop/builder`. */
  readonly what: string;
  /** What it is made, in short. It holds no secret. Without it, whatever it is made. */
  readonly content?: string;
}

/** Something that somebody else undoes again and again. */
export interface Contention {
  readonly kind: string;
  readonly what: string;
  readonly repairs: number;
  /** Who does that, in words. */
  readonly writer: string;
  /** Milliseconds between the last repair and the next. */
  readonly interval: number;
}

/** Remembers what was repaired. A value of time is handed in. */
export interface Ledger {
  /** Milliseconds that it has to wait; it is remembered that it does. */
  readonly hold: (kept: Kept, now: number) => number;
  readonly note: (
    kept: Kept & { readonly wasInPlace?: boolean | undefined; readonly writer?: string },
    now: number,
  ) => Contention;
  /** Whether it was repaired lately. */
  readonly knows: (kept: Kept, now: number) => boolean;
  /** Whether anything is remembered of it. */
  readonly has: (kept: Kept, now: number) => boolean;
  readonly isToBeTold: (kept: Kept, now: number) => boolean;
  readonly contentions: (owner: string, now: number) => readonly Contention[];
  /** Milliseconds until something that waits may be done, or until a fight counts as over. */
  readonly due: (owner: string, now: number) => number | undefined;
  /** How many things are fought over, by kind. */
  readonly counts: (now: number) => ReadonlyMap<string, number>;
}

interface Entry {
  readonly kind: string;
  readonly what: string;
  readonly tried: Tried;
  readonly writer: string;
  readonly waits: boolean;
}

const pruneEvery = 60_000;

/** Nothing was repaired yet. */
export function createLedger(): Ledger {
  const owners = new Map<string, Map<string, Entry>>();
  let pruned = -Infinity;
  const find = ({ owner, what }: Pick<Kept, 'owner' | 'what'>, now: number): Entry | undefined => {
    const entry = owners.get(owner)?.get(what);
    return entry === undefined || isForgotten(entry.tried, now) ? undefined : entry;
  };
  const set = ({ owner }: Pick<Kept, 'owner'>, entry: Entry): void => {
    const inside = owners.get(owner) ?? new Map<string, Entry>();
    owners.set(owner, inside.set(entry.what, entry));
  };
  const entriesOf = (owner: string): readonly Entry[] => [...(owners.get(owner)?.values() ?? [])];
  const prune = (now: number): void => {
    if (now - pruned < pruneEvery) return;
    pruned = now;
    for (const [owner, inside] of owners) {
      for (const [what, { tried }] of inside) if (isForgotten(tried, now)) inside.delete(what);
      if (inside.size === 0) owners.delete(owner);
    }
  };
  const isFoughtOver =
    (now: number) =>
    ({ tried }: Entry): boolean =>
      fightsUntil(tried, now) !== undefined;

  return {
    hold: (kept, now) => {
      const entry = find(kept, now);
      const wait = waitOf(entry?.tried, kept.content, now);
      if (entry !== undefined && wait > 0) set(kept, { ...entry, waits: true });
      return wait;
    },
    note: (kept, now) => {
      prune(now);
      const { kind, what, content = '', wasInPlace, writer } = kept;
      const before = find(kept, now);
      const tried = triedAgain(before?.tried, { content, wasInPlace }, now);
      const entry = { kind, what, tried, writer: writer ?? before?.writer ?? '', waits: false };
      set(kept, entry);
      return contentionOf(entry);
    },
    knows: (kept, now) => {
      const tried = find(kept, now)?.tried;
      return tried !== undefined && tried.repairs > 0 && (kept.content ?? tried.content) === tried.content;
    },
    has: (kept, now) => find(kept, now) !== undefined,
    isToBeTold: (kept, now) => isToBeTold(find(kept, now)?.tried),
    contentions: (owner, now) => entriesOf(owner).filter(isFoughtOver(now)).map(contentionOf),
    due: (owner, now) => {
      const moments = entriesOf(owner).flatMap(({ tried, waits }) => {
        const wait = waitOf(tried, undefined, now);
        const until = fightsUntil(tried, now);
        return [...(waits && wait > 0 ? [wait] : []), ...(until === undefined ? [] : [until - now])];
      });
      return moments.length === 0 ? undefined : Math.min(...moments);
    },
    counts: (now) => {
      prune(now);
      const fought = [...owners.values()].flatMap((inside) => [...inside.values()].filter(isFoughtOver(now)));
      const counts = new Map<string, number>();
      for (const { kind } of fought) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return counts;
    },
  };
}

function contentionOf({ kind, what, writer, tried }: Entry): Contention {
  return { kind, what, writer, repairs: tried.repairs, interval: intervalOf(tried) };
}
