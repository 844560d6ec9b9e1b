import { type QuayOrganization, type QuayOrganizationStatus } from '../../api/index.js';
import { convergeWithTokens, type OrganizationResult } from '../../converge/index.js';
import { resourceTypes } from '../../kube/index.js';
import { type Inventory } from '../../plan/index.js';
import { type Quay, type RobotToken } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { reconcilingConditions, readyCondition } from '../status/conditions.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type StatusWriter } from '../status/write-status.js';
import { afterCreation } from '../../converge/cache/after-creation.js';
import { noteDrift, orContended, standingIn } from './contended.js';
import { convergeInput } from './converge-input.js';
import { driftIn, wasSynced } from './drift.js';
import { type Remembered } from '../../converge/cache/observation-cache.js';
import { recordOrganizationEvents, recordNamespaceReplaced } from './events.js';
import { pullSecrets } from './organization-pull-secrets.js';
import { organizationStatus, type StatusInput } from '../status/organization-status.js';
import { seenLabels } from './seen-labels.js';
import { decideConditions, type ReconcileDecision } from '../status/organization-conditions.js';

type StatusPart = Pick<StatusInput, 'newConditions'> & Partial<Pick<StatusInput, 'inventory' | 'robots' | 'drift'>>;

function statusOf(
  { cluster }: Operator,
  { live, document, known }: Converging,
  part: StatusPart & Pick<StatusInput, 'before'>,
): QuayOrganizationStatus {
  const { namespace } = document.spec;
  const { namespaceSelector } = known.integration.spec;
  const seen = namespace === undefined ? 'Unknown' : cluster.seen(namespace);
  return organizationStatus({
    inventory: undefined,
    robots: undefined,
    drift: [],
    ...part,
    generation: live.generation,
    registry: known.host,
    namespaceUID: typeof seen === 'string' ? undefined : seen.uid,
    namespaceLabels: seenLabels(seen, namespaceSelector),
    repositories: document.spec.repositories.length,
    now: new Date(),
  });
}

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
  readonly signal: AbortSignal;
}

/** What became of it. */
export interface Converged {
  readonly decision: ReconcileDecision;
  readonly result: OrganizationResult;
}

/** Reconciles one organization: Quay, then its pull secrets, then the status. */
export async function convergeOrganization(
  operator: Operator,
  integrations: Integrations,
  statuses: StatusWriter<QuayOrganizationStatus>,
  converging: Converging,
): Promise<Converged> {
  const { live, document, known, quay, remembered, inventory, roles, signal } = converging;
  const { integration, host: registry } = known;
  const write = (part: StatusPart): Promise<boolean> => {
    const before = statuses.last(live.uid) ?? live.status;
    return statuses.write(targetOf(live), statusOf(operator, converging, { before, ...part }));
  };
  // Asked before the work, which writes another status on its way.
  const mayDrift =
    converging.isResync && wasSynced(statuses.last(live.uid) ?? live.status, { generation: live.generation, registry });
  const common = await convergeInput(operator, integrations, known, {
    documents: [document],
    quay,
    inventory: () => inventory,
    lastLabels: () => live.status.namespaceLabels,
    signal,
  });
  // Repositories are deleted elsewhere, where the limit sees those of all organizations.
  const none = { limit: 0, recent: [], now: Date.now() };
  const { changeSet, tokens: tokensOf } = await convergeWithTokens({
    ...common,
    deletions: { organizations: none, repositories: none },
    options: { dryRun: false, roles },
    beforeWrite: async (intent) => {
      if (intent.type !== 'Apply') return;
      const { inventory: planned } = intent;
      remembered.inventory = { registry, object: live.name, value: planned };
      const newConditions = reconcilingConditions('Progressing', 'applying changes to Quay');
      await write({ newConditions, inventory: planned });
    },
  });
  const [result] = changeSet.organizations;
  if (result === undefined) throw new TypeError('a document gave no result');
  const tokens: ReadonlyMap<string, RobotToken> = tokensOf.get(result.organization) ?? new Map();
  if (result.inventory !== undefined) remembered.inventory = { registry, object: live.name, value: result.inventory };
  remembered.observation ??= afterCreation(document.spec, result, tokens);

  const unmade = new Set(result.failed.flatMap(({ change: { change } }) => ('robot' in change ? [change.robot] : [])));
  const { robots, problems } = isOurs(result)
    ? await pullSecrets(operator, converging, {
        tokens,
        exists: (robot) => tokens.has(robot) && !unmade.has(robot),
        mayRemove: result.failed.length + result.notDone.length === 0,
      })
    : { robots: undefined, problems: [] };
  const isDone = isOurs(result) && result.failed.length + result.notDone.length === 0;
  remembered.tokens = isDone ? tokens : undefined;
  const drift = mayDrift ? driftIn(result, inventory) : [];
  recordOrganizationEvents(operator.recordEvent, live, result, drift);
  noteDrift(operator.repairs, live, drift);
  const found = decideConditions(result, problems);
  remembered.summary = standingIn(found);
  const decision = orContended(found, operator.repairs.contentions(live.name));
  if (isAnotherNamespace(operator, live)) recordNamespaceReplaced(operator.recordEvent, live);
  operator.metrics.driftChangesTotal.inc({ integration: integration.metadata.name }, drift.length);
  await write({ newConditions: decision.newConditions, inventory: result.inventory, robots, drift });
  return { decision, result };
}

/** Reconciles only the pull secrets, with the known tokens: an event in the cluster costs no call to Quay. */
export async function keepPullSecrets(
  operator: Operator,
  statuses: StatusWriter<QuayOrganizationStatus>,
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
  const { newConditions } = decision;
  await statuses.write(targetOf(live), statusOf(operator, converging, { before, newConditions, robots }));
  return decision;
}

/** Whether the namespace was deleted and created again unnoticed. */
function isAnotherNamespace({ cluster }: Operator, { namespace, status }: LiveOrganization): boolean {
  const seen = namespace === undefined ? 'Unknown' : cluster.seen(namespace);
  return typeof seen !== 'string' && status.namespaceUID !== undefined && seen.uid !== status.namespaceUID;
}

function isOurs({ decision }: OrganizationResult): boolean {
  return ['Create', 'Ours', 'TakeOver'].includes(decision);
}

/** Where an object's status is written. */
export function targetOf({
  name,
  uid,
  status,
}: LiveOrganization): Parameters<StatusWriter<QuayOrganizationStatus>['write']>[0] {
  return {
    name,
    uid,
    status,
    type: resourceTypes.quayOrganization,
  };
}
