import { type QuayOrganization, type QuayOrganizationStatus } from '../../api/index.js';
import { type ChangeSet, convergeWithTokens, type OrganizationResult } from '../../converge/index.js';
import { isForeign } from '../../errors/index.js';
import { type Inventory, type PlannedChange } from '../../plan/index.js';
import { type Quay, type RobotToken } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { reconcilingConditions, readyCondition } from '../status/conditions.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type StatusWriter } from '../status/write-status.js';
import { afterCreation } from '../../converge/cache/after-creation.js';
import { isHeldBack } from '../../converge/cache/ignored-changes.js';
import { type Agreements } from './agreements.js';
import { noteDrift, orContended, standingIn } from './contended.js';
import { convergeInput, type ConvergeOperator } from './converge-input.js';
import { driftIn, wasSynced } from './drift.js';
import { type Remembered } from '../../converge/cache/observation-cache.js';
import { recordLimits, recordOrganizationEvents, recordNamespaceReplaced } from './events.js';
import { recordIgnored, withoutWhatQuayIgnores } from './ignored.js';
import { pullSecrets, type PullSecretOperator } from './organization-pull-secrets.js';
import { writeReconciled } from './write-organization-status.js';
import { decideConditions, type ReconcileDecision } from '../status/organization-conditions.js';

type Statuses = StatusWriter<QuayOrganizationStatus>;

/** What converging an organization takes from the operator. */
export type OrganizationOperator = ConvergeOperator &
  PullSecretOperator &
  Pick<Operator, 'metrics' | 'repairs' | 'signal'>;

/** One organization to reconcile, and all that is known of it. */
export interface Converging {
  readonly live: LiveOrganization;
  readonly document: QuayOrganization;
  readonly known: KnownIntegration;
  /** From memory, or looking afresh. */
  readonly quay: Quay;
  readonly remembered: Remembered;
  readonly inventory: Inventory | undefined;
  /** Compare the roles on repositories as well. */
  readonly roles: boolean;
  readonly isResync: boolean;
  readonly agreements: Agreements;
  readonly signal: AbortSignal;
}

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

interface InQuay {
  readonly result: OrganizationResult;
  readonly tokens: ReadonlyMap<string, RobotToken>;
  /** Whether the tokens may go to the namespace: it is ours, although perhaps nothing can be written. */
  readonly isHandedOut: boolean;
}

/** Converges the organization in Quay, and remembers what is ours there before and after. */
async function convergeInQuay(
  operator: OrganizationOperator,
  integrations: Integrations,
  statuses: Statuses,
  converging: Converging,
): Promise<InQuay> {
  const { live, document, known, quay, remembered, inventory, roles, signal, agreements } = converging;
  const remember = (value: Inventory): void => {
    remembered.inventory = { registry: known.host, object: live.name, value };
  };
  const common = await convergeInput(operator, integrations, known, {
    documents: [document],
    quay,
    inventory: () => inventory,
    lastLabels: () => live.status.namespaceLabels,
    signal,
  });
  // Repositories are deleted elsewhere, where the limit sees those of all organizations.
  const none = { limit: 0, recent: [], now: Date.now() };
  const deletions = { organizations: none, repositories: none };
  const { ignored } = remembered;
  const isIgnored = (_: string, planned: PlannedChange): boolean => isHeldBack(ignored, planned, performance.now());
  const { changeSet, tokens: byOrganization } = await convergeWithTokens({
    ...common,
    deletions,
    options: { dryRun: false, roles, isIgnored },
    agreement: { agrees: (pending) => agreements.agrees(known, pending) },
    beforeWrite: async (intent) => {
      if (intent.type !== 'Apply') return;
      remember(intent.inventory);
      const newConditions = reconcilingConditions('Progressing', 'applying changes to Quay');
      await writeReconciled(operator, statuses, converging, { newConditions, inventory: intent.inventory });
    },
  });
  const found = onlyResult(changeSet);
  const ours = byOrganization.get(found.organization);
  const tokens: InQuay['tokens'] = ours ?? new Map();
  if (found.inventory !== undefined) remember(found.inventory);
  remembered.observation ??= afterCreation(document.spec, found, tokens);
  const look = async (): Promise<OrganizationResult> => {
    // Secrets that were just written are not written ones of another value.
    const now = { ...common, inventory: () => found.inventory ?? inventory };
    const again = await convergeWithTokens({ ...now, deletions, options: { dryRun: true, roles } });
    return onlyResult(again.changeSet);
  };
  const result = await withoutWhatQuayIgnores(remembered, found, look);
  recordIgnored(operator.recordEvent, live, remembered, ignored);
  return { result, tokens, isHandedOut: isOurs(result) || ours !== undefined };
}

function onlyResult({ organizations: [result] }: ChangeSet): OrganizationResult {
  if (result === undefined) throw new TypeError('a document gave no result');
  return result;
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

function isOurs({ decision }: OrganizationResult): boolean {
  return ['Create', 'Ours', 'TakeOver'].includes(decision);
}
