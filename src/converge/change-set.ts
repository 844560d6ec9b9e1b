import type { Reason } from '../api/index.js';
import type {
  DeletionDecision,
  Inventory,
  OrganizationPlan,
  PlannedChange,
  RepositoryDeletionDecision,
} from '../plan/index.js';
import type { AgreementList, PendingOwnership } from '../ownership/index.js';
import type { Failure } from './failure.js';

/**
 * `Create`, `Ours`, `TakeOver`: planned. `Refused`: not ours to write. `Gone`: no longer declared, see `deletion`.
 * `Failed`: could not be read. `NotReached`: something stopped the whole run before.
 */
export type OrganizationDecision = 'Create' | 'Ours' | 'TakeOver' | 'Refused' | 'Gone' | 'Failed' | 'NotReached';

export interface FailedChange {
  readonly change: PlannedChange;
  readonly failure: Failure;
}

/** What a run found and did in one organization. */
export interface OrganizationResult {
  readonly organization: string;
  /** Name of the document. */
  readonly document: string;
  readonly namespace?: string;
  readonly decision: OrganizationDecision;
  readonly reason?: Reason;
  /** Why it was refused, adopted or released, in a sentence. */
  readonly message?: string;
  /** What a person may agree to: it was refused for that, or may be deleted with its namespace from then on. */
  readonly pending?: PendingOwnership;
  /** Why it could not be read. */
  readonly failure?: Failure;
  readonly plan?: OrganizationPlan;
  readonly done: readonly PlannedChange[];
  readonly failed: readonly FailedChange[];
  /** Not tried: what they need failed, or the run was stopped, or nothing is written at all. */
  readonly notDone: readonly PlannedChange[];
  /** To be kept, where something was written or nothing had to be. */
  readonly inventory?: Inventory;
  /** Of an organization that is no longer declared. */
  readonly deletion?: DeletionDecision;
  /** Of the repositories whose image stream is no longer declared. */
  readonly repositoryDeletions?: Readonly<Record<string, RepositoryDeletionDecision>>;
}

export interface Totals {
  readonly organizations: number;
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly notDone: number;
  readonly refused: number;
  /** Organizations that could not be read or were not reached. */
  readonly unknown: number;
}

/** What a run found and did: plain data without a secret, the same for the same state. */
export interface ChangeSet {
  /** By name. */
  readonly organizations: readonly OrganizationResult[];
  /** Deletions that the limit holds, and the hash that agrees to exactly these. */
  readonly held?: { readonly organizations?: Held; readonly repositories?: Held };
  /** Organizations that wait for a person to agree that they are ours, and the hash that agrees to exactly these. */
  readonly uncertain?: AgreementList;
  /** Organizations of a predecessor that are never deleted until a person agrees. */
  readonly adoptable?: AgreementList;
  /** Set where no public key was given: nothing was checked. */
  readonly ownershipNotVerified?: true;
  /** Where a person's agreement was needed and is consumed: it holds no second time. */
  readonly releasesUsed: readonly DeletionKind[];
  /** What stopped the whole run. */
  readonly stopped?: Failure;
  readonly totals: Totals;
}

/** What the limit counts apart. */
export type DeletionKind = 'organizations' | 'repositories';

export interface Held {
  readonly names: readonly string[];
  readonly hash: string;
  readonly message: string;
}

/** Whether the organization is gone from Quay after the run; what waits or failed is tried again. */
export function isDeleted({ deletion, done, failed }: OrganizationResult): boolean {
  return deletion?.outcome === 'Delete' && failed.length === 0 && done.length > 0;
}

/** The sums of some results. */
export function totalsOf(results: readonly OrganizationResult[]): Totals {
  const sum = (count: (result: OrganizationResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  return {
    organizations: results.length,
    planned: sum(({ plan }) => plan?.changes.length ?? 0),
    done: sum(({ done }) => done.length),
    failed: sum(({ failed }) => failed.length),
    notDone: sum(({ notDone }) => notDone.length),
    refused: sum(({ decision }) => Number(decision === 'Refused')),
    unknown: sum(({ decision }) => Number(decision === 'Failed' || decision === 'NotReached')),
  };
}
