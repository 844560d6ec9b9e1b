import { isForeignForGood } from '../errors/index.js';
import {
  type Listing,
  type NamespaceRecord,
  predecessorFinalizers,
  type QuayIntegration,
  type QuayOrganization,
} from '../api/index.js';

/** What decides about a predecessor's finalizer on a namespace. */
export interface FinalizerFacts {
  readonly namespace: Pick<NamespaceRecord, 'name' | 'finalizers' | 'terminating'>;
  /** All of both versions; unknown for as long as one of the lists is. */
  readonly integrations: Listing<QuayIntegration>;
  /** The name of the integration that selects the namespace, where one does. */
  readonly selectedBy: string | undefined;
  /** The object of this namespace, where there is one. */
  readonly organization?: QuayOrganization | undefined;
}

/**
 * Whether predecessors' finalizers may go. They prove who made an organization, so they stay until that is decided, and
 * while the namespace's integration is suspended; yet none of them may hold a namespace up that is going.
 */
export function predecessorFinalizerStep(facts: FinalizerFacts): 'Remove' | 'Keep' {
  const { namespace, integrations, selectedBy, organization } = facts;
  if (!namespace.finalizers.some((one) => predecessorFinalizers.includes(one))) return 'Keep';
  if (!integrations.known || isSuspended(integrations.items, facts)) return 'Keep';
  const isUpToDate = isOurs(organization, namespace.name) || isRefused(organization);
  const isNobodys = selectedBy === undefined && integrations.items.length > 0;
  return namespace.terminating || isUpToDate || isNobodys ? 'Remove' : 'Keep';
}

/** Where no integration has the namespace, all of them together speak for it. */
function isSuspended(
  all: readonly QuayIntegration[],
  { selectedBy, organization }: Pick<FinalizerFacts, 'selectedBy' | 'organization'>,
): boolean {
  const names = [selectedBy, organization?.spec.integration];
  const its = all.filter(({ metadata }) => names.includes(metadata.name));
  if (its.length > 0) return its.some(({ spec }) => spec.suspend);
  return all.length > 0 && all.every(({ spec }) => spec.suspend);
}

/** Whether the organization of the namespace has been made or taken over. */
function isOurs(organization: QuayOrganization | undefined, namespace: string): boolean {
  return organization?.spec.namespace === namespace && organization.status?.origin !== undefined;
}

/** Whether it was found out that it is not ours; what still waits for an agreement may need what proves it. */
function isRefused(organization: QuayOrganization | undefined): boolean {
  return organization?.status?.conditions?.some(({ reason }) => isForeignForGood(reason)) === true;
}
