import { backoff } from '../../clock/index.js';

/** How often the same thing was made what it is meant to be, and when that was last. */
export interface Tried {
  /** What it was made. The same again is a repair; something else is a change. */
  readonly content: string;
  readonly repairs: number;
  readonly at: number;
}

const intervals = { first: 1_000, most: 300_000, jitter: 0 };
/** From this repair on somebody is told: one or two may be a person's mistake. */
const toldFrom = 3;
const shortestQuiet = 60_000;
/** Twice the longest interval: after that a repair is the first one again. */
const memory = 2 * intervals.most;

/** Milliseconds between the last repair and the next: doubled with each of them. */
export function intervalOf({ repairs }: Pick<Tried, 'repairs'>): number {
  return repairs === 0 ? 0 : backoff(intervals, repairs);
}

/** Milliseconds until the same may be made again; something else may be made at once. Without a content whatever it is waits. */
export function waitOf(tried: Tried | undefined, content: string | undefined, now: number): number {
  const isOther = content !== undefined && content !== tried?.content;
  if (tried === undefined || isOther || isForgotten(tried, now)) return 0;
  return Math.max(0, tried.at + intervalOf(tried) - now);
}

/** After one more write; the first of a content is a repair only where that was in place before. */
export function triedAgain(
  tried: Tried | undefined,
  { content, wasInPlace = false }: { readonly content: string; readonly wasInPlace?: boolean | undefined },
  now: number,
): Tried {
  const isSame = tried?.content === content && !isForgotten(tried, now);
  return { content, repairs: isSame ? tried.repairs + 1 : Number(wasInPlace), at: now };
}

/** Whether the next repair is one that somebody is told of. */
export function isToBeTold(tried: Tried | undefined): boolean {
  return (tried?.repairs ?? 0) + 1 >= toldFrom;
}

/** When a fight counts as over, if nothing more happens; undefined where it is none, or is over. */
export function fightsUntil(tried: Tried, now: number): number | undefined {
  const until = tried.at + Math.max(shortestQuiet, 2 * intervalOf(tried));
  return tried.repairs >= toldFrom && until > now ? until : undefined;
}

/** Whether it was quiet for so long that nothing need be remembered. */
export function isForgotten({ at }: Tried, now: number): boolean {
  return now - at > memory;
}
