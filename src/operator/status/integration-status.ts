import { isDeepStrictEqual } from 'node:util';
import { type QuayIntegrationSpec, type QuayIntegrationStatus, type Reason } from '../../api/index.js';
import { type Failure } from '../../converge/index.js';
import { conditionsOf, type Judgement, stuck, underWay, wellDone } from './conditions.js';
import { type Findings, heldNow, ignoredNow, type Standing } from './integration-report.js';

export interface StatusInput {
  readonly findings: Findings;
  readonly standing: Standing;
  /** Absent where the object does not fit the schema. */
  readonly spec?: QuayIntegrationSpec;
  readonly generation: number;
  readonly before: QuayIntegrationStatus | undefined;
  readonly now: Date;
}

/** Reasons that concern every organization alike, although they show with one. */
const common: ReadonlySet<string> = new Set([
  'TokenRejected',
  'ScopeMissing',
  'PermissionDenied',
  'QuayUnreachable',
  'TLSVerificationFailed',
  'RateLimited',
]);

/** The status of an integration; the same findings give the same status, its time included. */
export function integrationStatus(input: StatusInput): QuayIntegrationStatus {
  const { findings, standing, generation, before, now } = input;
  const judgements = [...verdict(input), ...remarks(input)];
  const status: QuayIntegrationStatus = withoutGaps({
    observedGeneration: generation,
    conditions: [...conditionsOf(judgements, before?.conditions, { generation, now })],
    organizations: standing.organizations,
    ready: standing.ready,
    ...kept(findings, before),
    plan: findings.plan,
    held: heldNow(findings, before),
  });
  const { lastUpdate, ...rest } = before ?? {};
  const isSame = lastUpdate !== undefined && isDeepStrictEqual(rest, status);
  return { ...status, lastUpdate: isSame ? lastUpdate : now.toISOString() };
}

/** What was found before a restart is found in the status. */
function kept(findings: Findings, before: QuayIntegrationStatus | undefined): QuayIntegrationStatus {
  return {
    lastPublishedCommit: findings.published ?? before?.lastPublishedCommit,
    lastAppliedCommit: findings.applied ?? before?.lastAppliedCommit,
    deletions: findings.deletions ?? before?.deletions,
    ignored: ignoredNow(findings, before),
  };
}

function withoutGaps<T extends object>(fields: T): T {
  return JSON.parse(JSON.stringify(fields)) as T;
}

function verdict({ findings, standing, spec }: StatusInput): readonly Judgement[] {
  const { fault, quay, repository, road, diverged } = findings;
  const failure = fault ?? quay ?? repository ?? road;
  if (failure !== undefined) return judged(failure);
  if (diverged !== undefined) return stuck('HistoryDiverged', diverged);
  if (spec?.suspend === true) return wellDone('Suspended', suspendedWords(findings));
  if (findings.travelled !== true) return underWay('Progressing', 'the cluster is being read');
  return inStep(standing);
}

function inStep({ organizations, ready, worst }: Standing): readonly Judgement[] {
  const sums = `${ready} of ${organizations} organizations are in step`;
  if (worst === undefined) return wellDone('InStep', sums);
  // What keeps one organization back may well leave the others alone; what keeps all back is the integration's.
  if (ready === 0 || common.has(worst.reason)) {
    return underWay(worst.reason as Reason, `${sums}: ${worst.message}`);
  }
  return wellDone('InStep', `${sums}; ${worst.count} with ${worst.reason}: ${worst.message}`);
}

function judged({ code, message, hint, retryable }: Failure): readonly Judgement[] {
  const words = hint === undefined ? message : `${message}. ${hint}`;
  return retryable ? underWay(code as Reason, words) : stuck(code as Reason, words);
}

function suspendedWords({ plan }: Findings): string {
  if (plan === undefined) return 'it is suspended; what would be done is being found out';
  return `it is suspended; ${plan.planned} changes would be made in ${plan.organizations} organizations, and ${plan.add + plan.change + plan.remove} files would change`;
}

/** Conditions that are only there when they say something. */
function remarks({ findings, spec, before }: StatusInput): readonly Judgement[] {
  const { unknown = [], problems = [], reverted = [], lost = [], notes = [], certificate } = findings;
  const held = heldNow(findings, before);
  const certified = certificate && {
    type: 'WebhookCertificate',
    status: certificate.ready ? ('True' as const) : ('False' as const),
    reason: certificate.reason,
    message: certificate.message,
  };
  const prefix =
    spec?.organizationPrefix === undefined ? [] : ['organizationPrefix has no effect; the names begin with clusterID'];
  const growing = unknown.map((one) => `documents only grow, since this could not be read: ${one}`);
  return [
    ...(certified === undefined ? [] : [certified]),
    ...remark('InputUnknown', 'InputUnknown', growing),
    ...remark('StateInvalid', 'StateInvalid', problems),
    ...remark('Reverted', 'Reverted', reverted),
    ...remark('Conflict', 'Conflict', lost),
    ...waitingRemark(findings),
    ...remark('DeletionHeld', 'DeletionHeld', held === undefined ? [] : heldWords(held)),
    ...remark('PrefixIgnored', 'NoEffect', prefix),
    ...remark('PredecessorRunning', 'Conflict', notes),
  ];
}

function waitingRemark({ waiting = [] }: Findings): readonly Judgement[] {
  return remark('BuildsWaiting', 'PushSecretMissing', waiting);
}

function remark(type: string, reason: Reason, lines: readonly string[]): readonly Judgement[] {
  return lines.length === 0 ? [] : [{ type, status: 'True', reason, message: lines.join('\n') }];
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
