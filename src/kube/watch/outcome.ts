import { RetryableError } from '../../errors/index.js';
import { backoff, type Backoff } from '../../clock/index.js';
import { WatchSilent } from '../client/watch-silent.js';

/** Why a list or a watch came to its end. */
export type EndReason =
  /** The server ended the watch, as it does after some minutes. */
  | 'ended'
  /** The server no longer knows the moment from which to go on. */
  | 'expired'
  /** Nothing came for so long that the connection counts as dead. */
  | 'silent'
  | 'unreachable'
  | 'throttled'
  | 'unavailable'
  | 'forbidden'
  | 'absent'
  | 'failed';

/** The end of a list or a watch. */
export interface End {
  readonly reason: EndReason;
  /** Seconds that the server asks to wait. */
  readonly retryAfter?: number;
}

/** What to do next, and after how many milliseconds. */
export interface Next {
  readonly step: 'list' | 'watch';
  readonly wait: number;
}

// An API server that restarts is back within seconds, and is to be noticed within five.
const soon: Backoff = { first: 250, most: 4_000 };
// What somebody has to change first is worth asking for less often.
const later: Backoff = { first: 1_000, most: 30_000 };
const longestRetryAfter = 60_000;

/** The end that an answer means which is no success. */
export function endOfAnswer({ status, retryAfter }: { readonly status: number; readonly retryAfter?: number }): End {
  const more = retryAfter === undefined ? {} : { retryAfter };
  if (status === 410) return { reason: 'expired' };
  if (status === 429) return { reason: 'throttled', ...more };
  if (status >= 500) return { reason: 'unavailable', ...more };
  if (status === 403) return { reason: 'forbidden' };
  return { reason: status === 404 ? 'absent' : 'failed' };
}

/** The end that an error means. */
export function endOfError(error: unknown): End {
  if (error instanceof WatchSilent) return { reason: 'silent' };
  return { reason: error instanceof RetryableError ? 'unreachable' : 'failed' };
}

const slow: ReadonlySet<EndReason> = new Set(['forbidden', 'absent', 'failed']);
// A watch that ends as it should, or for the first time because it was too old or silent, need not wait.
const harmless: ReadonlySet<EndReason> = new Set(['ended', 'expired', 'silent']);

/** What follows the nth end in a row for the same reason in which nothing was heard. */
export function nextAfter(end: End, step: Next['step'], failures: number, random = Math.random): Next {
  return { step: nextStep(end.reason, step, failures), wait: pause(end, failures, random) };
}

function nextStep(reason: EndReason, step: Next['step'], failures: number): Next['step'] {
  if (step === 'list' || reason === 'expired') return 'list';
  if (reason === 'unreachable' || reason === 'ended') return 'watch';
  // Where the server answers and still no event comes, the moment from which we want to go on may be what is wrong.
  return failures >= 3 ? 'list' : 'watch';
}

function pause({ reason, retryAfter = 0 }: End, failures: number, random: () => number): number {
  const counted = harmless.has(reason) ? failures - 1 : failures;
  if (counted === 0) return 0;
  const asked = Math.min(retryAfter * 1000, longestRetryAfter);
  return Math.max(backoff(slow.has(reason) ? later : soon, counted, random), asked);
}
