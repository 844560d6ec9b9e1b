import { createHash } from 'node:crypto';
import { type Origin } from '../api/index.js';

/** An organization that a person may agree about. */
export interface PendingOwnership {
  readonly organization: string;
  readonly reason: 'OwnershipUncertain' | 'NamespaceReplaced' | 'AdoptionPending';
  /** What it would be from then on. */
  readonly origin: Origin;
  readonly why: string;
  /** Digest of what was seen: an agreement holds for nothing else. */
  readonly seen: string;
}

/** Organizations that one hash agrees to, and to exactly these. */
export interface AgreementList {
  readonly organizations: readonly PendingOwnership[];
  readonly hash: string;
}

/** What waits for a person, each list with a hash of its own. */
export interface AgreementLists {
  /** Left alone until then. */
  readonly uncertain?: AgreementList;
  /** Adopted and never deleted until then; as if Quayside had made them from then on. */
  readonly adoptable?: AgreementList;
}

/** The lists of what waits. */
export function agreementLists(pending: readonly PendingOwnership[]): AgreementLists {
  const uncertain = listOf(pending.filter((one) => !isAdoptable(one)));
  const adoptable = listOf(pending.filter(isAdoptable));
  return { ...(uncertain && { uncertain }), ...(adoptable && { adoptable }) };
}

/** Those of the list that a hash agrees to; none where it is the hash of no list. */
export function agreedBy(pending: readonly PendingOwnership[], hash: string | undefined): readonly PendingOwnership[] {
  const lists = Object.values(agreementLists(pending)) as readonly AgreementList[];
  return lists.find((list) => list.hash === hash)?.organizations ?? [];
}

/** Names one of them, with all that an agreement is about. */
export function agreementKey({ organization, reason, origin, seen }: PendingOwnership): string {
  return JSON.stringify([organization, reason, origin, seen]);
}

/** A digest of plain values: long enough that nobody finds two of them with the same. */
export function digestOf(values: unknown): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32);
}

const isAdoptable = ({ reason, origin }: PendingOwnership): boolean =>
  reason === 'AdoptionPending' && origin === 'predecessor';

function listOf(organizations: readonly PendingOwnership[]): AgreementList | undefined {
  if (organizations.length === 0) return undefined;
  return { organizations, hash: digestOf(organizations.map(agreementKey).sort()) };
}
