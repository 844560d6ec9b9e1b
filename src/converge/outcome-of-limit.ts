import type { LimitDecision } from '../plan/index.js';
import type { Held } from './change-set.js';

/** What the limit had to say about one kind of deletions. */
export interface OutcomeOfLimit {
  readonly held?: Held;
  readonly releaseUsed: boolean;
}

/** The decision as a part of the result. A run that writes nothing uses nothing up. */
export function outcomeOfLimit(limit: LimitDecision, readOnly: boolean): OutcomeOfLimit {
  if (limit.agrees) return { releaseUsed: limit.usesRelease && !readOnly };
  const { held: names, hash, message } = limit;
  return { held: { names, hash, message }, releaseUsed: false };
}
