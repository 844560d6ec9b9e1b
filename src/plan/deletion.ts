import type { DeletionPolicy, Reason } from '../api/index.js';
import type { Fact, NamespaceFact } from './fact.js';
import type { LimitDecision } from './limit.js';
import { markerTeam, readMarker } from './ownership-marker.js';
import type { ObservedOrganization } from './observed.js';
import type { Identity } from './ownership.js';

/** All that speaks for or against deleting an organization in Quay, read just before. */
export interface DeletionFacts {
  readonly organization: string;
  /** As the document itself says it. */
  readonly deletionPolicy: DeletionPolicy;
  /** Whether the integration's object is there. */
  readonly integration: Fact;
  readonly suspended: boolean;
  readonly namespace: NamespaceFact;
  /** Whether the lists of the integration still select the name. */
  readonly selectedByLists: Fact;
  /** Whether its labels were selected when they were last seen. */
  readonly selectedByLabels: Fact;
  readonly identity: Identity;
  readonly observation:
    | { readonly state: 'Absent' }
    | { readonly state: 'Hidden'; readonly message: string }
    | { readonly state: 'Unread'; readonly message: string }
    | { readonly state: 'Observed'; readonly organization: ObservedOrganization };
  /** Absent while the pending deletions are still being collected. */
  readonly limit?: LimitDecision;
}

/** `Delete` it in Quay; `Wait` and try again; `Release`: leave it in Quay and forget it. */
export interface DeletionDecision {
  readonly outcome: 'Delete' | 'Wait' | 'Release';
  readonly reason: Reason;
  readonly message: string;
}

type Rule = (facts: DeletionFacts) => DeletionDecision | undefined;

const wait = (reason: Reason, message: string): DeletionDecision => ({ outcome: 'Wait', reason, message });
const release = (reason: Reason, message: string): DeletionDecision => ({ outcome: 'Release', reason, message });

/** The only guard before a DELETE in Quay: the first rule that applies decides; a fact that says no outweighs a missing one. */
export function decideDeletion(facts: DeletionFacts): DeletionDecision {
  for (const rule of [...standingRules, ...refusals, ...unknowns, ...limits]) {
    const decision = rule(facts);
    if (decision !== undefined) return decision;
  }
  const message = `namespace ${facts.identity.namespace} is gone, and all checks pass`;
  return { outcome: 'Delete', reason: 'NamespaceGone', message };
}

/** The deletion guard without the limit: it shows how many there are. */
export function withoutLimit(facts: Omit<DeletionFacts, 'limit'>): DeletionDecision {
  return decideDeletion({ ...facts, limit: { agrees: true, usesRelease: false } });
}

/** Who may decide at all. */
const standingRules: readonly Rule[] = [
  ({ integration }) =>
    integration === 'No' ? release('IntegrationGone', 'its integration no longer exists') : undefined,
  ({ integration }) =>
    integration === 'Unknown' ? wait('InputUnknown', 'its integration could not be read') : undefined,
  ({ suspended }) => (suspended ? wait('Suspended', 'its integration is suspended') : undefined),
];

/** Facts that were read and say no. */
const refusals: readonly Rule[] = [
  ({ deletionPolicy }) =>
    deletionPolicy === 'Retain' ? release('Retained', 'its deletion policy is Retain') : undefined,
  ({ identity }) =>
    identity.namespace === '' ? release('Retained', 'it belongs to no namespace, so it is never deleted') : undefined,
  ({ namespace, identity }) =>
    namespace === 'Live' ? release('NamespaceExists', `namespace ${identity.namespace} exists`) : undefined,
  ({ selectedByLists, selectedByLabels, identity }) =>
    selectedByLists === 'No' || selectedByLabels === 'No'
      ? release('NamespaceNotSelected', `its integration does not select namespace ${identity.namespace}`)
      : undefined,
  ({ observation }) =>
    observation.state === 'Absent' ? release('OrganizationGone', 'it is no longer in Quay') : undefined,
  ({ observation, identity }) =>
    observation.state === 'Observed' ? refuseByMarker(observation.organization, identity) : undefined,
  ({ observation }) =>
    observation.state === 'Observed' && observation.organization.foreignRobots.length > 0
      ? release(
          'ForeignRobots',
          `Quay would delete these robots of others along with it: ${observation.organization.foreignRobots.join(', ')}`,
        )
      : undefined,
];

/** Facts that could not be read. */
const unknowns: readonly Rule[] = [
  ({ observation }) => (observation.state === 'Hidden' ? wait('NotOrganizationAdmin', observation.message) : undefined),
  ({ observation }) => (observation.state === 'Unread' ? wait('QuayUnavailable', observation.message) : undefined),
  ({ namespace, identity }) =>
    namespace === 'Unknown' ? wait('InputUnknown', `namespace ${identity.namespace} could not be read`) : undefined,
  ({ selectedByLists, selectedByLabels }) =>
    selectedByLists === 'Unknown' || selectedByLabels === 'Unknown'
      ? wait('InputUnknown', 'it is unknown whether its integration selected the namespace')
      : undefined,
];

const limits: readonly Rule[] = [
  ({ limit }) => {
    if (limit === undefined) return wait('DeletionHeld', 'other deletions are still being collected');
    return limit.agrees ? undefined : wait('DeletionHeld', `${limit.message}; hash ${limit.hash}`);
  },
];

function refuseByMarker(observed: ObservedOrganization, identity: Identity): DeletionDecision | undefined {
  const team = observed.teams.find(({ name }) => name === markerTeam);
  const read = team === undefined ? undefined : readMarker(team.description);
  if (read?.valid !== true) return release('OrganizationNotOurs', 'it has no ownership marker of Quayside');
  const { marker } = read;
  const isOurs =
    marker.clusterUID === identity.clusterUID &&
    marker.clusterID === identity.clusterID &&
    marker.namespace === identity.namespace;
  if (!isOurs) return release('OrganizationNotOurs', 'its ownership marker names another cluster or namespace');
  if (marker.origin === 'adopted') return release('Retained', 'it was adopted, so it is never deleted');
  return undefined;
}
