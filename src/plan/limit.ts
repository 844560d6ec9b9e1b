import { createHash } from 'node:crypto';

const hour = 3_600_000;

/** Whether a deletion made at that time (milliseconds) still counts: the limit is one of a rolling hour. */
export function countsAt(now: number, time: number): boolean {
  return time > now - hour;
}

/** What the limit of deletions looks at. */
export interface LimitFacts {
  /** Names of all that would be deleted now. */
  readonly pending: readonly string[];
  /** When the last deletions were made, as milliseconds. */
  readonly recent: readonly number[];
  /** The time now, as milliseconds. */
  readonly now: number;
  readonly limit: number;
  /** Names whose deletion `recent` holds already, since it was tried and not made. */
  readonly tried?: readonly string[];
  /** The hash that a person agreed to. */
  readonly releasedHash?: string;
}

/** Whether the pending deletions may be made. Either all may, or none. */
export type LimitDecision =
  | { readonly agrees: true; /** A person's agreement was needed, and is consumed. */ readonly usesRelease: boolean }
  | { readonly agrees: false; readonly held: readonly string[]; readonly hash: string; readonly message: string };

/** The hash that stands for exactly these names. */
export function deletionsHash(names: readonly string[]): string {
  return createHash('sha256')
    .update([...names].sort().join('\n'))
    .digest('hex')
    .slice(0, 16);
}

/** Holds all pending deletions when, with those of the last hour, they are more than the limit. */
export function decideLimit({ pending, recent, now, limit, tried = [], releasedHash }: LimitFacts): LimitDecision {
  const again = pending.filter((name) => tried.includes(name)).length;
  const lately = Math.max(0, recent.filter((time) => countsAt(now, time)).length - again);
  if (pending.length === 0 || pending.length + lately <= limit) return { agrees: true, usesRelease: false };
  const hash = deletionsHash(pending);
  if (releasedHash === hash) return { agrees: true, usesRelease: true };
  const held = [...pending].sort();
  const message =
    `${pending.length} deletions are pending and ${lately} were made in the last hour, the limit is ${limit}: ` +
    `none is made (${held.join(', ')})`;
  return { agrees: false, held, hash, message };
}
