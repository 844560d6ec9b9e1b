import { setTimeout as wait } from 'node:timers/promises';
import { durationSeconds } from '../../api/index.js';
import { type Memory } from '../../converge/cache/observation-cache.js';
import { type ScheduleCounts } from '../../kube/index.js';
import { giveMemoryBack } from '../../process/index.js';
import { type GitSync } from '../git/git-controller.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type ConflictIndex } from './conflict-index.js';
import { quayRepair } from './contended.js';
import { findWork } from './find-work.js';
import { type Organizations } from './organizations.js';
import { dueRounds, type Rounds } from './resync-rounds.js';

/** Reconciles every organization at an interval, without an event. */
export interface Resync {
  /** Rounds that have been completed. */
  readonly rounds: () => number;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** Share of the workers that a resync may use: events must find the others free. */
const share = 0.25;
/** Milliseconds. */
const lookEvery = 250;

interface Parts {
  readonly integrations: Integrations;
  readonly organizations: Pick<Organizations, 'queue' | 'drained'>;
  readonly memory: Memory;
  readonly conflicting: ConflictIndex;
  readonly gitSync: Pick<GitSync, 'add'>;
}

type ResyncOperator = Pick<Operator, 'watches' | 'ownership' | 'settings' | 'metrics' | 'repairs'>;

/** Rounds of every integration, one after the other; one that takes longer than its interval goes on. */
export function createResync(operator: ResyncOperator, parts: Parts): Resync {
  const { integrations, gitSync } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const rounds: Rounds = new Map();
  let completed = 0;
  let running: Promise<void> | undefined;

  const round = async (name: string): Promise<void> => {
    const known = integrations.get(name);
    if (known === undefined) return;
    rounds.set(name, performance.now());
    if (known.integration.spec.suspend) return gitSync.add(name);
    const looked = await lookAtAll(operator, parts, known, signal);
    if (looked === undefined) return;
    completed += 1;
    if (!(await isSynced(operator, parts, name, looked))) return;
    operator.metrics.lastSuccessTimestampSeconds.set({ integration: name }, Date.now() / 1000);
  };
  // One whose Quay does not answer takes its time, and nobody else's.
  const active = new Map<string, Promise<void>>();
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const rhythms = integrations.all().map(({ integration: { metadata, spec } }) => ({
        name: metadata.name,
        interval: Math.max(1, durationSeconds(spec.interval)) * 1000,
      }));
      for (const name of dueRounds(rounds, rhythms, performance.now())) {
        if (!active.has(name))
          active.set(
            name,
            round(name).finally(() => active.delete(name)),
          );
      }
      await wait(lookEvery, undefined, { signal }).catch(() => undefined);
    }
    await Promise.all(active.values());
  };

  return {
    rounds: () => completed,
    start: () => void (running ??= run()),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Looks at every organization of an integration; undefined when it was stopped before it had begun with all of them. */
async function lookAtAll(
  { watches, settings, repairs }: ResyncOperator,
  { organizations, memory }: Parts,
  { integration, host }: KnownIntegration,
  signal: AbortSignal,
): Promise<readonly LiveOrganization[] | undefined> {
  const { queue, drained } = organizations;
  const counts = (): ScheduleCounts => queue.countsOf(integration.metadata.name);
  const most = Math.max(1, Math.floor(settings.workers * share));
  const pending = watches.organizations
    .list()
    .filter((live) => live.integration === integration.metadata.name && !live.deleting);
  for (const live of pending) {
    while (waiting(counts()) + counts().active >= most && !signal.aborted) await drained(lookEvery);
    if (signal.aborted) return undefined;
    // Somebody undoes there what a look puts right.
    if (repairs.hold(quayRepair(live)) > 0) continue;
    memory.of(host, live.organization).resyncDue = true;
    queue.add(live.name, 'resync');
  }
  while (waiting(counts()) + counts().background > 0 && !signal.aborted) await drained(lookEvery);
  await giveMemoryBack();
  return pending;
}

/** What is to be looked at without an event. */
function waiting({ refresh, resync }: ScheduleCounts): number {
  return refresh + resync;
}

/** Whether Git and Quay could be read for all of them, except for those that need a person. */
async function isSynced(
  operator: ResyncOperator,
  { integrations, memory, conflicting }: Parts,
  name: string,
  looked: readonly LiveOrganization[],
): Promise<boolean> {
  const known = integrations.get(name);
  if (known?.quay.value === undefined || integrations.reported(name).gitSync !== undefined) return false;
  for (const before of looked) {
    const live = operator.watches.organizations.get(before.name);
    if (live === undefined || live.deleting || !memory.of(known.host, live.organization).resyncDue) continue;
    if (!('skipped' in (await findWork(operator, { integrations, conflicting }, live)))) return false;
  }
  return true;
}
