import { type QuayOrganization, type QuayOrganizationStatus } from '../../api/index.js';
import { RetryableError } from '../../errors/index.js';
import { type Turn } from '../../kube/index.js';
import { type Inventory } from '../../plan/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';
import { hasChangedOrMissing } from '../../pull-secrets/index.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { servesStill } from '../../converge/cache/after-creation.js';
import { type Agreements } from './agreements.js';
import { convergeOrganization, keepPullSecrets, namespaceUIDOf } from './converge-organization.js';
import { type Converging, type OrganizationOperator } from './converging.js';
import { wasSynced } from './drift.js';
import { inventoryIn, type Memory, type Remembered } from '../../converge/cache/observation-cache.js';
import { rememberingQuay } from '../../converge/cache/cached-quay.js';
import { type ConflictIndex } from './conflict-index.js';
import { rolesDigest } from '../../converge/cache/roles-digest.js';
import { writeConditions } from './write-organization-status.js';
import { type Feeds } from './feeds.js';
import { findWork, type Workable } from './find-work.js';
import { keepFinalizer } from './keep-finalizer.js';
import { millisecondsOf } from './milliseconds-of.js';
import { type ReconcileDecision } from '../status/organization-conditions.js';

/** Accepts what only the deletion guard decides. */
export interface DeletionIntake {
  /** An object that is being deleted. */
  readonly add: (integration: string, object: string) => void;
  /** An object with repositories whose image streams are no longer declared. */
  readonly addRepositories: (integration: string, object: string) => void;
}

export interface Parts {
  readonly integrations: Integrations;
  readonly conflicting: ConflictIndex;
  readonly memory: Memory;
  readonly deletions: DeletionIntake;
  readonly statuses: StatusWriter<QuayOrganizationStatus>;
  readonly agreements: Agreements;
  readonly feeds: Pick<Feeds, 'wrote'>;
  /** An organization was reconciled; its status may be new for its namespace. */
  readonly onConverged: (namespace: string) => void;
}

/** Every so many resyncs the roles on repositories are read as well. */
const rolesEvery = 6;

/** Reconciles one object; throws where it should be retried. */
export async function workOn(
  operator: OrganizationOperator,
  parts: Parts,
  live: LiveOrganization,
  turn: Turn,
): Promise<void> {
  const { integrations, statuses, onConverged } = parts;
  const found = await findWork(operator, parts, live);
  if ('skipped' in found) {
    const registry = integrations.get(live.integration)?.host ?? '';
    if (found.skipped !== undefined) await writeConditions(statuses, live, { registry, newConditions: found.skipped });
    return;
  }
  await keepFinalizer(operator, live);
  const { retry, retryAfter, newConditions } = await lookAfter(operator, parts, { live, ...found }, turn);
  integrations.report(live.integration, {});
  if (live.namespace !== undefined) onConverged(live.namespace);
  if (retry) throw again(newConditions, retryAfter);
}

function again(newConditions: ReconcileDecision['newConditions'], retryAfter: number | undefined): RetryableError {
  const [first] = newConditions;
  const details = retryAfter === undefined ? {} : { retryAfter };
  return new RetryableError(first?.reason ?? 'Progressing', first?.message ?? 'not done yet', details);
}

type Looked = Workable & { readonly live: LiveOrganization };

/** Observes Quay, unless only the cluster has changed since the last sync. */
async function lookAfter(
  operator: OrganizationOperator,
  parts: Parts,
  looked: Looked,
  turn: Turn,
): Promise<ReconcileDecision> {
  const { live, document } = looked;
  const isLive = isAlive(operator, document);
  const isSecretChanged = isLive && (await areSecretsChanged(operator, parts, looked));
  const converging = prepare(operator, parts, { ...looked, turn, isSecretChanged });
  const { tokens } = converging.remembered;
  const isCalm =
    isLive &&
    !isSecretChanged &&
    !converging.isResync &&
    converging.remembered.namespaceUID === namespaceUIDOf(operator, live) &&
    isSynced(live, looked.known.host, parts.statuses);
  return tokens !== undefined && isCalm
    ? keepPullSecrets(operator, parts.statuses, converging, tokens)
    : lookIntoQuay(operator, parts, converging);
}

async function areSecretsChanged(
  { client, watches, repairs }: Pick<Operator, 'client' | 'watches' | 'repairs'>,
  { memory, statuses }: Parts,
  { live, known: { host }, document }: Looked,
): Promise<boolean> {
  const { tokens, asked } = memory.of(host, live.organization);
  if (tokens === undefined) return false;
  const { robots = [] } = statuses.last(live.uid) ?? live.status;
  const organization = { ...document, status: { robots: [...robots] } };
  return hasChangedOrMissing({
    client,
    organization,
    host,
    tokens,
    secrets: watches.pullSecrets.cache,
    repairs,
    asked,
  });
}

function prepare(
  { signal }: Pick<Operator, 'signal'>,
  { memory, statuses, agreements }: Parts,
  {
    live,
    turn,
    isSecretChanged,
    known,
    quay,
    document,
  }: Looked & { readonly turn: Turn; readonly isSecretChanged: boolean },
): Converging {
  const { host } = known;
  const remembered = memory.of(host, live.organization);
  const isResync = remembered.resyncDue;
  if (!servesStill(remembered, document.spec)) remembered.observation = undefined;
  const isUpToDate =
    remembered.roles === rolesDigest(document.spec) ||
    (remembered.roles === undefined && isSynced(live, host, statuses));
  return {
    live,
    document,
    known,
    quay: rememberingQuay(turn.priority === 'event' ? quay : quay.inBackground(), remembered, {
      isFresh: isResync || isSecretChanged || turn.failures > 0,
      since: performance.now() - millisecondsOf(known.integration.spec.interval),
    }),
    remembered,
    inventory: inventoryIn(statuses.last(live.uid) ?? live.status, host) ?? recalled(remembered, live, host),
    roles: !isUpToDate || (isResync && (remembered.rolesDue || remembered.resyncs + 1 >= rolesEvery)),
    isResync,
    agreements,
    signal: AbortSignal.any([turn.signal, signal]),
  };
}

async function lookIntoQuay(
  operator: OrganizationOperator,
  { integrations, statuses, deletions, feeds }: Parts,
  converging: Converging,
): Promise<ReconcileDecision> {
  const { live, known, remembered, isResync, roles, document } = converging;
  const begun = performance.now();
  const { decision, result } = await convergeOrganization(operator, integrations, statuses, converging);
  if (isResync && result.decision !== 'Failed' && result.decision !== 'NotReached') {
    remembered.resyncDue = false;
    remembered.resyncs = roles ? 0 : remembered.resyncs + 1;
    remembered.readAt = begun;
    if (roles) remembered.rolesReadAt = begun;
    if (roles) remembered.rolesDue = false;
  }
  feeds.wrote(known, live.organization, result.done);
  if (result.failed.length + result.notDone.length === 0 && result.plan !== undefined) {
    remembered.roles = rolesDigest(document.spec);
  }
  const waits = Object.values(result.repositoryDeletions ?? {}).some(({ outcome }) => outcome === 'Wait');
  if (waits) deletions.addRepositories(live.integration, live.name);
  return decision;
}

function isAlive({ cluster }: Pick<Operator, 'cluster'>, { spec }: QuayOrganization): boolean {
  const seen = spec.namespace === undefined ? undefined : cluster.seen(spec.namespace);
  return seen === undefined || (typeof seen !== 'string' && !seen.terminating);
}

/** Whether its status says that it is synced at this generation. */
function isSynced(live: LiveOrganization, registry: string, statuses: StatusWriter<QuayOrganizationStatus>): boolean {
  return wasSynced(statuses.last(live.uid) ?? live.status, { generation: live.generation, registry });
}

/** What was made before the object was deleted and came again. One of another name takes nothing away that it did not make. */
function recalled({ inventory }: Remembered, { name }: LiveOrganization, registry: string): Inventory | undefined {
  return inventory?.registry === registry && inventory.object === name ? inventory.value : undefined;
}
