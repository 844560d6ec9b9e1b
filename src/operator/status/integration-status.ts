import { expiryWords } from '../../forge/index.js';
import { isDeepStrictEqual } from 'node:util';
import { type QuayIntegrationSpec, type QuayIntegrationStatus, type Reason } from '../../api/index.js';
import { concernsConnection, type Failure } from '../../converge/index.js';
import { oneLine } from '../../text/index.js';
import {
  conditionsOf,
  type NewCondition,
  stalledConditions,
  reconcilingConditions,
  readyCondition,
} from './conditions.js';
import { proposalConditions, proposalStatus } from './proposal-status.js';
import { silenceWords } from './webhook-silence.js';
import {
  type IntegrationReport,
  heldNow,
  ignoredNow,
  type OrganizationSummary,
  agreementsNow,
} from './integration-report.js';

/** How many of a list are named. */
const named = 20;

export interface StatusInput {
  readonly reported: IntegrationReport;
  readonly summary: OrganizationSummary;
  /** Absent where the object does not fit the schema. */
  readonly spec?: QuayIntegrationSpec;
  readonly generation: number;
  readonly before: QuayIntegrationStatus | undefined;
  readonly now: Date;
}

/** The status of an integration; the same report gives the same status, its time included. */
export function integrationStatus(input: StatusInput): QuayIntegrationStatus {
  const { reported, summary, generation, before, now } = input;
  const newConditions = [...readiness(input), ...notesOf(input)];
  const status: QuayIntegrationStatus = withoutGaps({
    observedGeneration: generation,
    conditions: [...conditionsOf(newConditions, before?.conditions, { generation, now })],
    organizations: summary.organizations,
    ready: summary.ready,
    ...waitingNamespaces(reported),
    ...kept(reported, before),
    objects: reported.objects === undefined ? before?.objects : objectsOf(reported.objects),
    plan: reported.plan,
    ...proposalStatus(reported),
    held: heldNow(reported, before),
    ...agreementsNow(reported, before),
  });
  const { lastUpdate, ...rest } = before ?? {};
  const isSame = lastUpdate !== undefined && isDeepStrictEqual(rest, status);
  return { ...status, lastUpdate: isSame ? lastUpdate : now.toISOString() };
}

/** What was found before a restart is found in the status. */
function kept(reported: IntegrationReport, before: QuayIntegrationStatus | undefined): QuayIntegrationStatus {
  return {
    lastPublishedCommit: reported.published ?? before?.lastPublishedCommit,
    lastAppliedCommit: reported.applied ?? before?.lastAppliedCommit,
    deletions: reported.deletions ?? before?.deletions,
    ignored: ignoredNow(reported, before),
    term: 'term' in reported ? reported.term : before?.term,
  };
}

/** The first of what is not as it is declared. */
function objectsOf(objects: NonNullable<IntegrationReport['objects']>): QuayIntegrationStatus['objects'] {
  if (objects.length === 0) return undefined;
  return objects
    .slice(0, named)
    .map(({ message, ...one }) => ({ ...one, ...(message && { message: oneLine(message) }) }));
}

function withoutGaps<T extends object>(fields: T): T {
  return JSON.parse(JSON.stringify(fields)) as T;
}

function readiness({ reported, summary, spec }: StatusInput): readonly NewCondition[] {
  const { fault, quay, repository, gitSync, diverged, duplicated } = reported;
  const failure = fault ?? quay ?? repository ?? gitSync;
  if (failure !== undefined) return conditionsOfFailure(failure);
  if (duplicated !== undefined) return stalledConditions('InstallationDuplicated', duplicated);
  if (diverged !== undefined) return stalledConditions('HistoryDiverged', diverged);
  if (spec?.suspend === true) return readyCondition('Suspended', suspendedWords(reported));
  if (reported.reconciled !== true) return reconcilingConditions('Progressing', 'reading the cluster');
  return synced(summary);
}

function synced({ organizations, ready, faults }: OrganizationSummary): readonly NewCondition[] {
  const sums = `${ready} of ${organizations} organizations are synced`;
  const [worst] = faults;
  if (worst === undefined) return readyCondition('Synced', sums);
  const words = [sums, ...faults.map(({ reason, message, count }) => `${count} with ${reason}: ${message}`)].join('; ');
  // A fault of one organization is not a fault of the integration; a fault of all is, and one of the connection.
  const isOfAll = ready === 0 || concernsConnection(worst.reason);
  return isOfAll ? reconcilingConditions(worst.reason, words) : readyCondition('Synced', words);
}

function conditionsOfFailure({ code, message, hint, retryable }: Failure): readonly NewCondition[] {
  const words = hint === undefined ? message : `${message}. ${hint}`;
  return retryable ? reconcilingConditions(code, words) : stalledConditions(code, words);
}

function suspendedWords({ plan }: IntegrationReport): string {
  if (plan === undefined) return 'the integration is suspended; the changes are being planned';
  return `the integration is suspended; ${plan.planned} changes would be made in ${plan.organizations} organizations, and ${plan.add + plan.change + plan.remove} files would change`;
}

/** Conditions that exist only while they are true. */
function notesOf({ reported, spec, before, now }: StatusInput): readonly NewCondition[] {
  const { unknown = [], problems = [], reverted = [], lost = [], notes = [], certificate } = reported;
  const held = heldNow(reported, before);
  const { uncertain, adoptable } = agreementsNow(reported, before);
  const certified = certificate && {
    type: 'WebhookCertificate',
    status: certificate.ready ? ('True' as const) : ('False' as const),
    reason: certificate.reason,
    message: certificate.message,
  };
  const prefix =
    spec?.organizationPrefix === undefined ? [] : ['organizationPrefix has no effect; the names begin with clusterID'];
  const growing = unknown.map((one) => `documents only grow until this can be read: ${one}`);
  return [
    ...(certified === undefined ? [] : [certified]),
    ...note('InputUnknown', 'InputUnknown', growing),
    ...note('StateInvalid', 'StateInvalid', problems),
    ...note('Reverted', 'Reverted', reverted),
    ...proposalConditions(reported),
    ...silenceRemark(reported),
    ...note('ForgeTokenExpiring', 'ForgeTokenExpiring', expiryWords(reported.tokenExpires, now.getTime())),
    ...note('Conflict', 'Conflict', lost),
    ...notReadyRemark(reported),
    ...waitingRemark(reported),
    ...note('DeletionHeld', 'DeletionHeld', held === undefined ? [] : heldWords(held)),
    ...note('OwnershipUncertain', 'OwnershipUncertain', agreementWords(uncertain, leftAlone)),
    ...note('AdoptionPending', 'AdoptionPending', agreementWords(adoptable, neverDeleted)),
    ...auditLogRemark(reported),
    ...note('PrefixIgnored', 'NoEffect', prefix),
    ...note('PredecessorRunning', 'Conflict', notes),
  ];
}

/** Only while there are any, and with as many names as anybody reads. */
function notReadyRemark({ notReady = [] }: IntegrationReport): readonly NewCondition[] {
  const more = notReady.length > named ? ` and ${notReady.length - named} more` : '';
  const names = `${notReady.slice(0, named).join(', ')}${more}`;
  const words = `${notReady.length} of the selected namespaces wait for OpenShift to set them up: ${names}`;
  return note('NamespacesWaiting', 'NamespaceNotReady', notReady.length === 0 ? [] : [words]);
}

function waitingNamespaces({ notReady = [] }: IntegrationReport): Pick<QuayIntegrationStatus, 'waitingNamespaces'> {
  return notReady.length === 0 ? {} : { waitingNamespaces: notReady.length };
}

function waitingRemark({ waiting = [] }: IntegrationReport): readonly NewCondition[] {
  return note('BuildsWaiting', 'PushSecretMissing', waiting);
}

function silenceRemark({ silence }: IntegrationReport): readonly NewCondition[] {
  return note('WebhookSilent', 'WebhookSilent', silence === undefined ? [] : [silenceWords(silence)]);
}

function auditLogRemark({ auditLog }: IntegrationReport): readonly NewCondition[] {
  const words = `every organization is read at each interval, since Quay's audit log is not relied on: ${auditLog}`;
  return note('AuditLogDoubted', 'AuditLogDoubted', auditLog === undefined ? [] : [words]);
}

function note(type: string, reason: Reason, lines: readonly string[]): readonly NewCondition[] {
  return lines.length === 0 ? [] : [{ type, status: 'True', reason, message: lines.join('\n') }];
}

const leftAlone = 'are left alone until a person agrees that they are ours';
const neverDeleted =
  'of a predecessor are adopted, and never deleted until a person agrees that they go with their namespaces';

function agreementWords(list: QuayIntegrationStatus['uncertain'], how: string): readonly string[] {
  if (list === undefined) return [];
  const { organizations, hash } = list;
  const shown = organizations.slice(0, 10);
  const more = organizations.length - shown.length;
  return [
    `${organizations.length} organizations ${how}. To agree to exactly these, set the annotation quayside.dev/accept-ownership to ${hash}`,
    ...shown,
    ...(more > 0 ? [`and ${more} more, see the status`] : []),
  ];
}

function heldWords(held: NonNullable<QuayIntegrationStatus['held']>): readonly string[] {
  return (['organizations', 'repositories'] as const).flatMap((kind) => {
    const one = held[kind];
    if (one === undefined) return [];
    return [
      `${one.names.length} ${kind} are to be deleted, more than deletionLimit allows in an hour: ${one.names.join(', ')}. ` +
        `To agree to exactly these, set the annotation quayside.dev/release-deletions to ${one.hash}`,
    ];
  });
}
