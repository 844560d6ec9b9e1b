import { decideLimit, type LimitDecision } from '../plan/index.js';
import type { Held } from './change-set.js';
import type { DeletionAllowance } from './input.js';

/** What the limit had to say about one kind of deletions. */
export interface OutcomeOfLimit {
  readonly held?: Held;
  readonly releaseUsed: boolean;
}

/** Asks the limit about what is pending now, and what will be in a moment; nothing is held where nothing is pending yet. */
export function limitOf(given: DeletionAllowance | undefined, pending: readonly string[]): LimitDecision {
  if (pending.length === 0 || given === undefined) return { agrees: true, usesRelease: false };
  const { soon = [], ...allowance } = given;
  return decideLimit({ ...allowance, pending: [...new Set([...pending, ...soon])] });
}

/** The decision as a part of the result. A run that writes nothing uses nothing up. */
export function outcomeOfLimit(limit: LimitDecision, readOnly: boolean): OutcomeOfLimit {
  if (limit.agrees) return { releaseUsed: limit.usesRelease && !readOnly };
  const { held: names, hash, message } = limit;
  return { held: { names, hash, message }, releaseUsed: false };
}
