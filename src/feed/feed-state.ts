import { isEverywhere, isNoise } from './kinds.js';
import { byKind, type DayCount, dayOf, type Entry, without } from './rows.js';

/** Where a reader of the audit log stands. All times are the server's, in seconds since 1970. */
export interface FeedState {
  /** When the counts were given. */
  readonly asOf: number;
  readonly counts: readonly DayCount[];
  /** Rows that were listed already and would be listed again, noise left out. */
  readonly overlap: readonly Entry[];
  /** By kind, rows that were listed and may not have been counted yet. */
  readonly ahead: ReadonlyMap<string, number>;
}

/** An answer to the question for counts. */
export interface Counted {
  readonly asOf: number;
  /** The first day that was asked for. */
  readonly from: number;
  readonly counts: readonly DayCount[];
}

/** Why what the log says is not enough to go by. */
export type Doubt =
  /** There are exactly ten kinds: as many as Elasticsearch gives, whatever others there are. */
  | 'TenKinds'
  /** A count became smaller: another database, or an older one. */
  | 'Shrunk'
  /** Fewer rows were listed than counted. */
  | 'Lost';

/** Why everything has to be read, with nothing wrong about the log. */
export type Everything =
  /** More rows than reading them is worth. */
  | 'TooMany'
  /** Nobody asked for so long that days are missing. */
  | 'Late'
  /** A row that may concern any organization. */
  | 'Everywhere'
  /** So much is written at this moment that nobody can tell whether the list is whole. */
  | 'Unclear';

/** What counts say against those before. */
export type Compared =
  | { readonly type: 'Quiet'; readonly state: FeedState }
  /** Rows have to be listed, back to a moment (`back`); `growth` is by kind. */
  | { readonly type: 'List'; readonly growth: ReadonlyMap<string, number>; readonly back: number }
  | { readonly type: 'Everything'; readonly why: Everything }
  | { readonly type: 'Doubt'; readonly why: Doubt };

/** What rows say. */
export type Listed =
  /** `everywhere`: one of them may concern any organization. */
  | {
      readonly type: 'Fresh';
      readonly state: FeedState;
      readonly fresh: readonly Entry[];
      readonly everywhere: boolean;
    }
  /** It takes counts from after the list to tell whether it is whole. */
  | { readonly type: 'Unclear' }
  | { readonly type: 'Doubt'; readonly why: Doubt };

/** The clocks of several servers differ by no more than this, or rows are lost and that is noticed. */
const lateness = 60;
const elasticKinds = 10;
const perPage = 20;
const longest = 24 * 3600;

/** The first day to ask for: that of a minute before the last answer, so that nothing is lost at midnight. */
export function firstDay({ asOf }: Pick<FeedState, 'asOf'>): number {
  return dayOf(asOf - lateness);
}

/** How far back rows have to be listed after counts that were given at a moment. */
export function backTo(asOf: number): number {
  return asOf - lateness;
}

/** Whether these counts may lack kinds. */
export function isTruncated(counts: readonly DayCount[]): boolean {
  return new Set(counts.map(({ kind }) => kind)).size === elasticKinds;
}

/** Begins with counts, and the rows of the minute before them; what is written from then on will be noticed. */
export function begin({ asOf, counts }: Counted, listed: readonly Entry[]): FeedState {
  const overlap = kept(listed, asOf);
  // Of those of the same second nobody can tell whether they were counted.
  return { asOf, counts, overlap, ahead: byKind(overlap.filter(({ time }) => time >= asOf)) };
}

/** Compares counts with those before: first how many rows there are, before any is listed. */
export function compare(state: FeedState, counted: Counted, mostPages: number): Compared {
  if (counted.asOf - state.asOf > longest) return { type: 'Everything', why: 'Late' };
  if (isTruncated(counted.counts)) return { type: 'Doubt', why: 'TenKinds' };
  const grown = growthOf(state.counts, counted);
  if (grown === undefined) return { type: 'Doubt', why: 'Shrunk' };
  const growth = new Map([...grown].filter(([kind]) => !isNoise(kind)));
  if (growth.size === 0) {
    const { asOf, counts } = counted;
    return { type: 'Quiet', state: { asOf, counts, overlap: kept(state.overlap, asOf), ahead: new Map() } };
  }
  const rows = [...grown.values()].reduce((sum, more) => sum + more, 0);
  if (rows > mostPages * perPage) return { type: 'Everything', why: 'TooMany' };
  return { type: 'List', growth, back: backTo(state.asOf) };
}

/** Counts, and what they are more than those before. */
export interface Grown {
  readonly counted: Counted;
  readonly growth: ReadonlyMap<string, number>;
  /** Whether they were given before the rows were listed, or after that. */
  readonly given: 'Before' | 'After';
}

/**
 * Takes in the rows that were listed. Fewer than counted means that the list has lost some. Where the counts are from before, a
 * row of their second may have come after them, and would stand for one that is lost; where they are from after, a row may have
 * come in between.
 */
export function take(state: FeedState, { counted, growth, given }: Grown, entries: readonly Entry[]): Listed {
  const back = backTo(state.asOf);
  const relevant = entries.filter(({ kind, time }) => time >= back && !isNoise(kind));
  const fresh = without(relevant, state.overlap);
  const listed = byKind(fresh);
  const sure = given === 'After' ? listed : byKind(fresh.filter(({ time }) => time < counted.asOf));
  const lacks = (those: ReadonlyMap<string, number>): boolean =>
    [...growth].some(([kind, more]) => (those.get(kind) ?? 0) + (state.ahead.get(kind) ?? 0) < more);
  if (given === 'Before' && lacks(listed)) return { type: 'Doubt', why: 'Lost' };
  if (lacks(sure)) return { type: 'Unclear' };
  const ahead = new Map<string, number>();
  for (const [kind, found] of listed) {
    // What was listed before has been counted by now.
    const left = Math.min(found, found + (state.ahead.get(kind) ?? 0) - (growth.get(kind) ?? 0));
    if (left > 0) ahead.set(kind, left);
  }
  const { asOf, counts } = counted;
  const overlap = kept([...relevant, ...without(state.overlap, relevant)], asOf);
  const everywhere = fresh.some(({ kind, namespaces }) => isEverywhere(kind) || namespaces.length === 0);
  return { type: 'Fresh', state: { asOf, counts, overlap, ahead }, fresh, everywhere };
}

/** By kind, what was added since; undefined where something became less. Days that were not asked for are left out. */
function growthOf(before: readonly DayCount[], { counts, from }: Counted): ReadonlyMap<string, number> | undefined {
  const sums = (all: readonly DayCount[]): Map<string, number> => {
    const found = new Map<string, number>();
    // A registry that moves from one log to another gives a kind and day twice.
    for (const { kind, day, count } of all)
      if (day >= from) found.set(`${day} ${kind}`, (found.get(`${day} ${kind}`) ?? 0) + count);
    return found;
  };
  const [old, now] = [sums(before), sums(counts)];
  const growth = new Map<string, number>();
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const more = (now.get(key) ?? 0) - (old.get(key) ?? 0);
    if (more < 0) return undefined;
    const kind = key.slice(key.indexOf(' ') + 1);
    if (more > 0) growth.set(kind, (growth.get(kind) ?? 0) + more);
  }
  return growth;
}

/** Of rows those that a list after the next counts has again. */
function kept(entries: readonly Entry[], asOf: number): readonly Entry[] {
  return entries.filter(({ kind, time }) => time >= backTo(asOf) && !isNoise(kind));
}
