import { type Failure, type Held, isDeleted, type OrganizationResult } from '../../converge/index.js';
import { type Again } from '../../kube/index.js';
import { type Fact } from '../../plan/index.js';
import { type Quay } from '../../quay/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { isReadable } from '../organizations/read-organization.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type Candidates } from './candidates.js';

/** What is known of an integration whose objects are being deleted. */
export interface Owner {
  /** Whether the object of the integration is there. */
  readonly exists: Fact;
  readonly known: KnownIntegration | undefined;
}

/** An integration with a Quay that can be asked. */
export interface UsableOwner {
  readonly kind: 'Guard';
  readonly known: KnownIntegration;
  readonly quay: Quay;
}

/** What is done about one object that is being deleted. */
export type ObjectDecision =
  | { readonly kind: 'Ignore' }
  | { readonly kind: 'Release'; readonly message: string }
  /** Tried again later, with what its status says until then. */
  | { readonly kind: 'Wait'; readonly again: Again; readonly status?: WaitingFor }
  | UsableOwner;

/** What an object waits for. */
export interface WaitingFor {
  readonly failure: Failure;
  /** `host[:port]` of the registry. */
  readonly registry: string;
}

export const soon: Again = { again: { milliseconds: 5_000 } };
/** What is held waits for a person; then the integration changes. */
export const later: Again = { again: { milliseconds: 600_000 } };

const unreadable: Failure = {
  code: 'InvalidInput',
  message: 'it does not match the schema; correct its spec, or remove its finalizer',
  retryable: false,
};

/** Decides what can be done about an object before Quay is asked. */
export function decideObject(live: LiveOrganization, { exists, known }: Owner): ObjectDecision {
  if (!live.deleting || live.finalizers.length === 0) return { kind: 'Ignore' };
  if (exists === 'No') return { kind: 'Release', message: 'its integration no longer exists' };
  if (known === undefined || known.integration.spec.suspend) return { kind: 'Wait', again: soon };
  const { quay, host: registry } = known;
  if (!isReadable(live)) return { kind: 'Wait', again: later, status: { failure: unreadable, registry } };
  if (quay.value === undefined) return { kind: 'Wait', again: soon, status: { failure: quay.failure, registry } };
  return { kind: 'Guard', known, quay: quay.value };
}

/** What is done about all deletions of an integration, once no new one comes. */
export type BatchDecision =
  | { readonly kind: 'Nothing' }
  | { readonly kind: 'Wait' }
  /** Without an integration nothing is deleted: each object may go on its own. */
  | { readonly kind: 'Release' }
  | UsableOwner;

/** Decides whether the limit can be asked about these. */
export function decideBatch({ gone, declared }: Candidates, { exists, known }: Owner): BatchDecision {
  if (gone.length + declared.length === 0) return { kind: 'Nothing' };
  const quay = known?.quay.value;
  if (known !== undefined && quay !== undefined && !known.integration.spec.suspend) {
    return { kind: 'Guard', known, quay };
  }
  return { kind: exists === 'No' ? 'Release' : 'Wait' };
}

/** How an object's deletion ended: its finalizer goes, or it waits. */
export type Ending =
  | { readonly kind: 'Wait' }
  | {
      readonly kind: 'Finish';
      readonly outcome: 'Deleted' | 'Released';
      readonly message: string;
      /** Whether what is remembered of the organization holds no longer, for it is gone. */
      readonly isGone: boolean;
    };

/** What a run of the guard means for an object. */
export function endingOf(result: OrganizationResult): Ending {
  const { deletion } = result;
  if (deletion?.outcome === 'Release') {
    const isGone = deletion.reason === 'OrganizationGone';
    return { kind: 'Finish', outcome: 'Released', message: deletion.message, isGone };
  }
  if (deletion === undefined || !isDeleted(result)) return { kind: 'Wait' };
  return { kind: 'Finish', outcome: 'Deleted', message: deletion.message, isGone: true };
}

/** When the batch is looked at again; `Retry`: later and later, for what keeps one back must not cost a look every few seconds. */
export function nextLook(
  held: { readonly organizations?: Held; readonly repositories?: Held } | undefined,
  isOneLeft: boolean,
): Again | 'Retry' | undefined {
  if (held?.organizations === undefined && isOneLeft) return 'Retry';
  return held === undefined ? undefined : later;
}
