import { decideLimit, type LimitDecision } from '../plan/index.js';
import type { Held } from './change-set.js';
import type { DeletionAllowance } from './input.js';

/** What the limit had to say about one kind of deletions. */
export interface OutcomeOfLimit {
  readonly held?: Held;
  readonly releaseUsed: boolean;
}

/** Asks the limit about what is pending now, and what will be in a moment; nothing is held where nothing is pending yet. */
export function limitOf({ soon = [], ...allowance }: DeletionAllowance, pending: readonly string[]): LimitDecision {
  if (pending.length === 0) return { agrees: true, usesRelease: false };
  return decideLimit({ ...allowance, pending: [...new Set([...pending, ...soon])] });
}

/** The decision as a part of the result. A run that writes nothing uses nothing up. */
export function outcomeOfLimit(limit: LimitDecision | undefined, readOnly: boolean): OutcomeOfLimit {
  if (limit === undefined) return { releaseUsed: false };
  if (limit.agrees) return { releaseUsed: limit.usesRelease && !readOnly };
  const { held: names, hash, message } = limit;
  return { held: { names, hash, message }, releaseUsed: false };
}
