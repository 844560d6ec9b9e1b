import { setTimeout as wait } from 'node:timers/promises';
import { type QuayOrganizationStatus } from '../../api/index.js';
import { untilAborted } from '../../clock/index.js';
import { type Memory } from '../../converge/cache/observation-cache.js';
import { type Changes } from '../../feed/poll/index.js';
import { type ScheduleCounts } from '../../kube/index.js';
import { giveMemoryBack } from '../../process/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { quayRepair } from './contended.js';
import { wasSynced } from './drift.js';
import { dueOrganizations } from './due-organizations.js';
import { type Feeds } from './feeds.js';
import { millisecondsOf } from './milliseconds-of.js';
import { type Organizations } from './organizations.js';

/** Share of the workers that a resync may use: events must find the others free. */
const share = 0.25;
/** Milliseconds. */
export const lookEvery = 250;

export interface LookParts {
  readonly organizations: Pick<Organizations, 'queue' | 'drained'>;
  readonly memory: Memory;
  readonly feeds: Pick<Feeds, 'next'>;
  readonly statuses: Pick<StatusWriter<QuayOrganizationStatus>, 'last'>;
}

type LookOperator = Pick<Operator, 'watches' | 'settings' | 'repairs'>;

/** From which moment on the audit log of an integration's Quay says what has changed. */
export type Begun = Map<string, number>;

/** Asks once as soon as an integration is connected: what is read from then on need not be read again for its first round. */
export async function begin(
  { feeds }: Pick<LookParts, 'feeds'>,
  known: KnownIntegration,
  { begun, signal }: Looking,
): Promise<void> {
  const { metadata, spec } = known.integration;
  if (begun.has(metadata.name) || known.quay.value === undefined || spec.suspend) return;
  begun.set(metadata.name, performance.now());
  await askFeed(feeds, known, signal);
}

/** A call in the background waits for all others to Quay: an operator that stops must not wait for it. */
function askFeed(
  feeds: LookParts['feeds'],
  known: KnownIntegration,
  signal: AbortSignal,
): Promise<Changes | undefined> {
  return untilAborted(
    feeds.next(known).catch(() => undefined),
    signal,
  );
}

interface Looking {
  readonly begun: Begun;
  readonly signal: AbortSignal;
}

/**
 * Looks at the organizations of an integration that are due: all, where nothing says what has changed. Gives all there are; undefined
 * when it was stopped before it had begun with all that are due.
 */
export async function lookAtDue(
  operator: LookOperator,
  parts: LookParts,
  known: KnownIntegration,
  { begun, signal }: Looking,
): Promise<readonly LiveOrganization[] | undefined> {
  const { memory, feeds, statuses } = parts;
  const { integration, host } = known;
  const { name } = integration.metadata;
  const asked = performance.now();
  const changes = (await askFeed(feeds, known, signal)) ?? unknown;
  if (signal.aborted) return undefined;
  if (changes.type === 'Everything') begun.set(name, asked);
  const pending = operator.watches.organizations.list().filter((live) => live.integration === name && !live.deleting);
  const all = pending.map((live) => ({
    live,
    organization: live.organization,
    remembered: memory.of(host, live.organization),
    synced: wasSynced(statuses.last(live.uid) ?? live.status, { generation: live.generation, registry: host }),
  }));
  const interval = millisecondsOf(integration.spec.interval);
  const due = dueOrganizations(all, changes, {
    interval,
    fullInterval: millisecondsOf(integration.spec.fullInterval),
    everythingSince: begun.get(name) ?? asked,
  });
  for (const { one, roles } of due) {
    if (roles) one.remembered.rolesDue = true;
    // Then the slice reads them, and not every so many looks.
    if (changes.type === 'Some') one.remembered.resyncs = 0;
  }
  const pause = changes.type === 'Everything' && changes.spread ? interval / due.length : 0;
  const lives = due.map(({ one }) => one.live);
  return (await lookAtAll(operator, parts, known, { lives, pause, signal })) ? pending : undefined;
}

/** Without an audit log anything may have changed. */
const unknown: Changes = { type: 'Everything', why: 'Denied', spread: false };

interface Round {
  readonly lives: readonly LiveOrganization[];
  /** Milliseconds between two of them. */
  readonly pause: number;
  readonly signal: AbortSignal;
}

/** Looks at these; false when it was stopped before it had begun with all of them. */
async function lookAtAll(
  { settings, repairs }: LookOperator,
  { organizations, memory }: LookParts,
  { integration, host }: KnownIntegration,
  { lives, pause, signal }: Round,
): Promise<boolean> {
  const { queue, drained } = organizations;
  const counts = (): ScheduleCounts => queue.countsOf(integration.metadata.name);
  const most = Math.max(1, Math.floor(settings.workers * share));
  for (const live of lives) {
    while (waiting(counts()) + counts().active >= most && !signal.aborted) await drained(lookEvery);
    if (signal.aborted) return false;
    // Somebody undoes there what a look puts right.
    if (repairs.hold(quayRepair(live)) > 0) continue;
    memory.of(host, live.organization).resyncDue = true;
    queue.add(live.name, 'resync');
    if (pause > 0) await wait(pause, undefined, { signal }).catch(() => undefined);
  }
  while (waiting(counts()) + counts().background > 0 && !signal.aborted) await drained(lookEvery);
  if (lives.length > 0) await giveMemoryBack();
  return true;
}

/** What is to be looked at without an event. */
function waiting({ refresh, resync }: ScheduleCounts): number {
  return refresh + resync;
}
