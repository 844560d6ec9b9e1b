import { createHash } from 'node:crypto';
import { type Origin } from '../api/index.js';

/** An organization that is left alone until a person agrees that it is ours. */
export interface PendingOwnership {
  readonly organization: string;
  readonly reason: 'OwnershipUncertain' | 'NamespaceReplaced' | 'AdoptionPending';
  /** What it would be from then on. */
  readonly origin: Origin;
  readonly why: string;
  /** Digest of what was seen: an agreement holds for nothing else. */
  readonly seen: string;
}

/** The hash that agrees to exactly these. */
export function agreementHash(pending: readonly PendingOwnership[]): string {
  const lines = pending.map(({ organization, reason, origin, seen }) =>
    JSON.stringify([organization, reason, origin, seen]),
  );
  return digestOf(lines.sort());
}

/** A digest of plain values. */
export function digestOf(values: unknown): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32);
}
