import type { DeletionPolicy, OwnershipStatement, Reason } from '../api/index.js';
import { type Mark, strangerIn, winner } from '../ownership/index.js';
import type { Ban } from '../policy/index.js';
import type { Fact, NamespaceFact } from './fact.js';
import type { LimitDecision } from './limit.js';
import type { ObservedOrganization } from './observed.js';

/** All that speaks for or against deleting an organization in Quay, read just before. */
export interface DeletionFacts {
  readonly organization: string;
  /** As the document itself says it. */
  readonly deletionPolicy: DeletionPolicy;
  /** Whether the integration's object is there. */
  readonly integration: Fact;
  /** Why nothing may be deleted here, where that is so. */
  readonly ban?: Ban | undefined;
  readonly namespace: NamespaceFact;
  /** Whether the lists of the integration still select the name. */
  readonly selectedByLists: Fact;
  /** Whether its labels were selected when they were last seen. */
  readonly selectedByLabels: Fact;
  /** Whom it must belong to. */
  readonly identity: { readonly clusterUID: string; readonly clusterID: string; readonly namespace: string };
  /** What its team says, where it was observed. */
  readonly mark: Mark;
  /** What is remembered, and its signature is valid. */
  readonly remembered?: OwnershipStatement | undefined;
  /** Whether there is a key to sign with: without one nothing is deleted. */
  readonly hasKey: boolean;
  readonly observation:
    | { readonly state: 'Absent' }
    | { readonly state: 'Hidden'; readonly message: string }
    | { readonly state: 'Unread'; readonly message: string }
    | { readonly state: 'Observed'; readonly organization: ObservedOrganization };
  readonly limit: LimitDecision;
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
  ({ ban }) => (ban?.reason === 'Suspended' ? wait(ban.reason, ban.message) : undefined),
];

/** Reasons for which it stays in Quay for good, rather than until they no longer hold. */
const lasting: ReadonlySet<Reason> = new Set(['Retained', 'Ignored']);

/** Whether a ban keeps an organization in Quay for good: then nothing need be read to decide. */
export function isLasting({ reason }: Ban): boolean {
  return lasting.has(reason);
}

/** Facts that were read and say no. */
const refusals: readonly Rule[] = [
  ({ ban }) => (ban !== undefined && isLasting(ban) ? release(ban.reason, ban.message) : undefined),
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
  (facts) => (facts.observation.state === 'Observed' ? refuseByMark(facts) : undefined),
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
  ({ hasKey }) => (hasKey ? undefined : wait('OwnershipKeyMissing', 'there is no key to prove whose it is')),
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
  // A dry run shows what it would delete.
  ({ ban }) => (ban === undefined || ban.reason === 'DryRun' ? undefined : wait(ban.reason, ban.message)),
  ({ limit }) => (limit.agrees ? undefined : wait('DeletionHeld', `${limit.message}; hash ${limit.hash}`)),
];

/** Only what our own signature says twice is deleted: in Quay, and in what is remembered. */
function refuseByMark({ mark, identity, remembered }: DeletionFacts): DeletionDecision | undefined {
  switch (mark.kind) {
    case 'None':
      return release('OrganizationNotOurs', 'it has no ownership marker of Quayside');
    case 'Invalid':
    case 'Unproven':
      return release('OwnedElsewhere', `its ownership marker proves nothing: ${mark.why}`);
    case 'Valid':
  }
  const stranger = strangerIn(identity, mark.statement);
  if (stranger !== undefined) return release('OwnedElsewhere', `its ownership marker names ${stranger}`);
  if (remembered?.serial !== mark.statement.serial)
    return release('OwnershipUncertain', 'its ownership marker is not the one that is remembered');
  return winner(mark.statement, remembered).origin === 'adopted'
    ? release('Retained', 'it was adopted, so it is never deleted')
    : undefined;
}
