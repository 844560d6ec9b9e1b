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
  const state: State = { owners: new Map(), pruned: -Infinity };
  return {
    hold: (kept, now) => hold(state, kept, now),
    note: (kept, now) => note(state, kept, now),
    knows: (kept, now) => {
      const tried = find(state, kept, now)?.tried;
      return tried !== undefined && tried.repairs > 0 && (kept.content ?? tried.content) === tried.content;
    },
    has: (kept, now) => find(state, kept, now) !== undefined,
    isToBeTold: (kept, now) => isToBeTold(find(state, kept, now)?.tried),
    contentions: (owner, now) =>
      entriesOf(state, owner)
        .filter((entry) => isFoughtOver(entry, now))
        .map(contentionOf),
    due: (owner, now) => due(entriesOf(state, owner), now),
    counts: (now) => counts(state, now),
  };
}

interface State {
  readonly owners: Map<string, Map<string, Entry>>;
  /** When what is forgotten was last taken out. */
  pruned: number;
}

function find({ owners }: State, { owner, what }: Pick<Kept, 'owner' | 'what'>, now: number): Entry | undefined {
  const entry = owners.get(owner)?.get(what);
  return entry === undefined || isForgotten(entry.tried, now) ? undefined : entry;
}

function set({ owners }: State, { owner }: Pick<Kept, 'owner'>, entry: Entry): void {
  const inside = owners.get(owner) ?? new Map<string, Entry>();
  owners.set(owner, inside.set(entry.what, entry));
}

function entriesOf({ owners }: State, owner: string): readonly Entry[] {
  return [...(owners.get(owner)?.values() ?? [])];
}

function prune(state: State, now: number): void {
  if (now - state.pruned < pruneEvery) return;
  state.pruned = now;
  for (const [owner, inside] of state.owners) {
    for (const [what, { tried }] of inside) if (isForgotten(tried, now)) inside.delete(what);
    if (inside.size === 0) state.owners.delete(owner);
  }
}

function hold(state: State, kept: Kept, now: number): number {
  const entry = find(state, kept, now);
  const wait = waitOf(entry?.tried, kept.content, now);
  if (entry !== undefined && wait > 0) set(state, kept, { ...entry, waits: true });
  return wait;
}

function note(state: State, kept: Parameters<Ledger['note']>[0], now: number): Contention {
  prune(state, now);
  const { kind, what, content = '', wasInPlace, writer } = kept;
  const before = find(state, kept, now);
  const tried = triedAgain(before?.tried, { content, wasInPlace }, now);
  const entry = { kind, what, tried, writer: writer ?? before?.writer ?? '', waits: false };
  set(state, kept, entry);
  return contentionOf(entry);
}

function due(entries: readonly Entry[], now: number): number | undefined {
  const moments = entries.flatMap(({ tried, waits }) => {
    const wait = waitOf(tried, undefined, now);
    const until = fightsUntil(tried, now);
    return [...(waits && wait > 0 ? [wait] : []), ...(until === undefined ? [] : [until - now])];
  });
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function counts(state: State, now: number): ReadonlyMap<string, number> {
  prune(state, now);
  const found = new Map<string, number>();
  for (const inside of state.owners.values()) {
    for (const entry of inside.values()) {
      if (isFoughtOver(entry, now)) found.set(entry.kind, (found.get(entry.kind) ?? 0) + 1);
    }
  }
  return found;
}

function isFoughtOver({ tried }: Entry, now: number): boolean {
  return fightsUntil(tried, now) !== undefined;
}

function contentionOf({ kind, what, writer, tried }: Entry): Contention {
  return { kind, what, writer, repairs: tried.repairs, interval: intervalOf(tried) };
}
