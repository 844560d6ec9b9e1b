import type { QuayOrganization } from '../api/index.js';
import { requesterAnnotation } from '../api/index.js';
import { type Expected } from '../ownership/index.js';
import type { OrganizationPlan } from '../plan/index.js';
import type { Observation, RobotToken } from '../quay/index.js';
import type { OrganizationResult, OrganizationDecision } from './change-set.js';
import type { Run } from './run.js';

/** Whom the organization of a document should belong to. */
export function expectedOf({ input }: Run, { spec }: QuayOrganization): Expected {
  const { clusterUID, clusterID } = input.identity;
  const { namespace } = spec;
  const seen = namespace === undefined ? undefined : input.facts.namespaceRecord?.(namespace);
  return {
    clusterUID,
    clusterID,
    namespace: namespace ?? '',
    namespaceUID: seen?.uid,
    requester: seen?.annotations[requesterAnnotation],
    previousClusterUID: input.previousClusterUID,
  };
}

/** The tokens of the robots that were observed, by short name; none of an organization that was not there. */
export function tokensOf(observation: Observation | undefined): Tokens {
  return (observation?.state === 'Observed' ? observation.tokens : undefined) ?? new Map<string, RobotToken>();
}

/** The tokens of an organization's robots, by short name. */
export type Tokens = ReadonlyMap<string, RobotToken>;

/** The result of an organization in which nothing was done. */
export function untouched(
  { metadata, spec }: QuayOrganization,
  decision: OrganizationDecision,
  more: Partial<OrganizationResult> = {},
): OrganizationResult {
  return {
    organization: spec.name,
    document: metadata.name,
    ...(spec.namespace === undefined ? {} : { namespace: spec.namespace }),
    decision,
    done: [],
    failed: [],
    notDone: [],
    ...more,
  };
}

/** The plan without its hashes: they are the inventory's, and new ones are different every time. */
export function shown({ secretHashes: _, ...plan }: OrganizationPlan): OrganizationPlan {
  return plan;
}
