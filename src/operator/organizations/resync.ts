import { setTimeout as wait } from 'node:timers/promises';
import { durationSeconds } from '../../api/index.js';
import { giveMemoryBack } from '../../process/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';
import { type GitSync } from '../git/git-controller.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { quayRepair } from './contended.js';
import { type Memory } from '../../converge/cache/observation-cache.js';
import { type Organizations } from './organizations.js';
import { type ConflictIndex } from './conflict-index.js';
import { findWork } from './find-work.js';

/** Reconciles every organization at an interval, without an event. */
export interface Resync {
  /** Rounds that have been completed. */
  readonly rounds: () => number;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** Share of the workers that a resync may use: events must find the others free. */
const share = 0.25;
const lookEvery = 250;

/** One round after the other for every integration; one that takes longer than its interval goes on. */
export function createResync(
  operator: Operator,
  integrations: Integrations,
  organizations: Organizations,
  {
    memory,
    conflicting,
    gitSync,
  }: { readonly memory: Memory; readonly conflicting: ConflictIndex; readonly gitSync: Pick<GitSync, 'add'> },
): Resync {
  const { watches, settings, metrics, repairs } = operator;
  const stopping = new AbortController();
  const { signal } = stopping;
  const most = Math.max(1, Math.floor(settings.workers * share));
  let rounds = 0;
  let running: Promise<void> | undefined;
  // When the last round of each integration began: another interval counts from then on at once.
  const begun = new Map<string, number>();

  const sleep = async (milliseconds: number): Promise<void> => {
    await wait(milliseconds, undefined, { signal }).catch(() => undefined);
  };
  const due = (): readonly string[] =>
    integrations.all().flatMap(({ integration }) => {
      const { name } = integration.metadata;
      const interval = Math.max(1, durationSeconds(integration.spec.interval)) * 1000;
      const at = begun.get(name);
      // The first look at everything is an event of its own.
      if (at === undefined) begun.set(name, performance.now());
      return at !== undefined && at + interval <= performance.now() ? [name] : [];
    });
  const isRunning = (): boolean => {
    const { resync, resyncing } = organizations.queue.counts();
    return resync + resyncing > 0;
  };
  const round = async (name: string): Promise<void> => {
    const known = integrations.get(name);
    if (known === undefined) return;
    begun.set(name, performance.now());
    if (known.integration.spec.suspend) return gitSync.add(name);
    const pending = watches.organizations.list().filter((live) => live.integration === name && !live.deleting);
    for (const live of pending) {
      while (organizations.queue.counts().resync + organizations.queue.counts().active >= most && !signal.aborted) {
        await organizations.drained(lookEvery);
      }
      if (signal.aborted) return;
      // Somebody undoes there what a look puts right.
      if (repairs.hold(quayRepair(live)) > 0) continue;
      memory.of(known.host, live.organization).resyncDue = true;
      organizations.queue.add(live.name, 'resync');
    }
    while (isRunning() && !signal.aborted) await organizations.drained(lookEvery);
    await giveMemoryBack();
    rounds += 1;
    if (!isSynced(name, pending)) return;
    metrics.lastSuccessTimestampSeconds.set({ integration: name }, Date.now() / 1000);
  };
  /** Whether Git and Quay could be read for all of them, except for those that need a person. */
  const isSynced = (name: string, looked: readonly LiveOrganization[]): boolean => {
    const known = integrations.get(name);
    if (known?.quay.value === undefined || integrations.reported(name).gitSync !== undefined) return false;
    return looked.every((before) => {
      const live = watches.organizations.get(before.name);
      if (live === undefined || live.deleting || !memory.of(known.host, live.organization).resyncDue) return true;
      return 'skipped' in findWork(operator, { integrations, conflicting }, live);
    });
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      for (const name of due()) await round(name);
      await sleep(lookEvery);
    }
  };

  return {
    rounds: () => rounds,
    start: () => void (running ??= run()),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
