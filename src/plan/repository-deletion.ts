import type { DeletionPolicy, Reason } from '../api/index.js';
import type { Ban } from '../policy/index.js';
import type { Fact, NamespaceFact } from './fact.js';
import type { LimitDecision } from './limit.js';
import type { Inventory } from './inventory.js';
import { managedItems } from './managed-items.js';

/** All that speaks for or against deleting a repository whose image stream is no longer declared. */
export interface RepositoryDeletionFacts {
  readonly repository: string;
  readonly policy: DeletionPolicy;
  readonly inventory: Inventory | undefined;
  /** Why nothing may be deleted here, where that is so. */
  readonly ban?: Ban | undefined;
  /** Whether a fresh read shows the image stream. */
  readonly imageStream: Fact;
  readonly namespace: NamespaceFact;
  readonly limit: LimitDecision;
}

/** `Delete` it in Quay, `Wait` and ask again, or `Leave` it as it is. */
export interface RepositoryDeletionDecision {
  readonly outcome: 'Delete' | 'Wait' | 'Leave';
  readonly reason: Reason;
  readonly message: string;
}

type Rule = (facts: RepositoryDeletionFacts) => RepositoryDeletionDecision | undefined;

const leave = (reason: Reason, message: string): RepositoryDeletionDecision => ({ outcome: 'Leave', reason, message });
const wait = (reason: Reason, message: string): RepositoryDeletionDecision => ({ outcome: 'Wait', reason, message });

/** The deletion guard of repositories; one that did not come from an image stream is never deleted. */
export function decideRepositoryDeletion(facts: RepositoryDeletionFacts): RepositoryDeletionDecision {
  for (const rule of rules) {
    const decision = rule(facts);
    if (decision !== undefined) return decision;
  }
  return {
    outcome: 'Delete',
    reason: 'NamespaceExists',
    message: 'its image stream is gone, and its namespace exists',
  };
}

/** The image stream of a repository that we made for one; neither is true of one that somebody wrote down. */
function cameFromImageStream({ inventory, repository }: RepositoryDeletionFacts): boolean {
  const made = inventory?.managedItems ?? [];
  return made.includes(managedItems.imageStream(repository)) && !made.includes(managedItems.repository(repository));
}

const rules: readonly Rule[] = [
  ({ ban }) => (ban?.reason === 'Suspended' ? wait(ban.reason, ban.message) : undefined),
  ({ policy }) =>
    policy === 'Retain' ? leave('Retained', 'the deletion policy of repositories is Retain') : undefined,
  (facts) =>
    cameFromImageStream(facts) ? undefined : leave('Retained', 'Quayside did not create it for an image stream'),
  ({ imageStream }) => (imageStream === 'Yes' ? leave('Retained', 'its image stream exists') : undefined),
  ({ namespace }) =>
    namespace === 'Gone' || namespace === 'Terminating'
      ? leave('NamespaceGone', 'its namespace is terminating, so the decision about the organization applies')
      : undefined,
  ({ imageStream, namespace }) =>
    imageStream === 'Unknown' || namespace === 'Unknown'
      ? wait('InputUnknown', 'its image stream or namespace could not be read')
      : undefined,
  ({ ban }) => (ban === undefined || ban.reason === 'DryRun' ? undefined : wait(ban.reason, ban.message)),
  ({ limit }) => (limit.agrees ? undefined : wait('DeletionHeld', `${limit.message}; hash ${limit.hash}`)),
];
