import { type QuayOrganizationStatus } from '../../api/index.js';
import { type OrganizationResult } from '../../converge/index.js';
import { isForeign } from '../../errors/index.js';
import { type RobotToken } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';
import { readyCondition } from '../status/conditions.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type StatusWriter } from '../status/write-status.js';
import { noteDrift, orContended, standingIn } from './contended.js';
import { convergeInQuay, isOurs } from './converge-in-quay.js';
import { type Converging, type OrganizationOperator } from './converging.js';
import { driftIn, wasSynced } from './drift.js';
import { recordLimits, recordOrganizationEvents, recordNamespaceReplaced } from './events.js';
import { pullSecrets } from './organization-pull-secrets.js';
import { writeReconciled } from './write-organization-status.js';
import { decideConditions, type ReconcileDecision } from '../status/organization-conditions.js';

type Statuses = StatusWriter<QuayOrganizationStatus>;

/** What became of it. */
export interface Converged {
  readonly decision: ReconcileDecision;
  readonly result: OrganizationResult;
}

/** Reconciles one organization: Quay, then its pull secrets, then the status. */
export async function convergeOrganization(
  operator: OrganizationOperator,
  integrations: Integrations,
  statuses: Statuses,
  converging: Converging,
): Promise<Converged> {
  const { live, known, remembered, inventory } = converging;
  const before = statuses.last(live.uid) ?? live.status;
  // Asked before the work, which writes another status on its way.
  const mayDrift = converging.isResync && wasSynced(before, { generation: live.generation, registry: known.host });
  const { result, tokens, isHandedOut } = await convergeInQuay(operator, integrations, statuses, converging);
  const isWhole = result.failed.length + result.notDone.length === 0;
  const unmade = new Set(result.failed.flatMap(({ change: { change } }) => ('robot' in change ? [change.robot] : [])));
  const { robots, problems } = isHandedOut
    ? await pullSecrets(operator, converging, {
        tokens,
        exists: (robot) => tokens.has(robot) && !unmade.has(robot),
        mayRemove: isWhole && isOurs(result),
      })
    : { robots: robotsOfRefused(result), problems: [] };
  remembered.tokens = isHandedOut && isWhole ? tokens : undefined;
  remembered.namespaceUID = namespaceUIDOf(operator, live);
  const drift = mayDrift ? driftIn(result, inventory) : [];
  recordLimits(operator.recordEvent, live, before);
  recordOrganizationEvents(operator.recordEvent, live, result, drift);
  noteDrift(operator.repairs, live, drift);
  const found = decideConditions(result, problems);
  remembered.summary = standingIn(found);
  const decision = orContended(found, operator.repairs.contentions(live.name));
  if (isDecided(result)) await converging.agreements.note(known, live.organization, result.pending);
  if (isOurs(result) && isAnotherNamespace(operator, live)) recordNamespaceReplaced(operator.recordEvent, live);
  operator.metrics.driftChangesTotal.inc({ integration: known.integration.metadata.name }, drift.length);
  const { newConditions } = decision;
  await writeReconciled(operator, statuses, converging, { newConditions, inventory: result.inventory, robots, drift });
  return { decision, result };
}

/** Reconciles only the pull secrets, with the known tokens: an event in the cluster costs no call to Quay. */
export async function keepPullSecrets(
  operator: OrganizationOperator,
  statuses: Statuses,
  converging: Converging,
  tokens: ReadonlyMap<string, RobotToken>,
): Promise<ReconcileDecision> {
  const { live, remembered } = converging;
  const before = statuses.last(live.uid) ?? live.status;
  const exists = (robot: string): boolean => tokens.has(robot);
  const { robots, problems } = await pullSecrets(operator, converging, { tokens, exists, mayRemove: true });
  const nothing = { organization: live.organization, document: live.name, done: [], failed: [], notDone: [] };
  // Quay was not observed since: the conditions from then still hold.
  const ready = before.conditions?.find(({ type }) => type === 'Ready');
  const said = ready?.reason === 'Contended' ? remembered.summary : ready?.message;
  const found = decideConditions(
    { ...nothing, decision: 'Ours' },
    problems,
    said === undefined ? undefined : readyCondition('Synced', said),
  );
  const decision = orContended(found, operator.repairs.contentions(live.name));
  recordLimits(operator.recordEvent, live, before);
  await writeReconciled(operator, statuses, converging, { newConditions: decision.newConditions, robots });
  return decision;
}

/** Whether the namespace was deleted and created again unnoticed. */
function isAnotherNamespace({ cluster }: Pick<Operator, 'cluster'>, { namespace, status }: LiveOrganization): boolean {
  const seen = namespace === undefined ? 'Unknown' : cluster.seen(namespace);
  return typeof seen !== 'string' && status.namespaceUID !== undefined && seen.uid !== status.namespaceUID;
}

/** UID of the namespace as it is now; undefined where there is none to be seen. */
export function namespaceUIDOf(
  { cluster }: Pick<Operator, 'cluster'>,
  { namespace }: Pick<LiveOrganization, 'namespace'>,
): string | undefined {
  const seen = namespace === undefined ? 'Unknown' : cluster.seen(namespace);
  return typeof seen === 'string' ? undefined : seen.uid;
}

/** No build may be pointed at what is not ours as far as we know. */
function robotsOfRefused({ decision, reason }: OrganizationResult): readonly [] | undefined {
  return decision === 'Refused' && isForeign(reason) ? [] : undefined;
}

/** Whether it was looked at: what could not be read is as pending as before. */
function isDecided({ decision }: OrganizationResult): boolean {
  return decision !== 'Failed' && decision !== 'NotReached';
}
