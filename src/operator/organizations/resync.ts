import { setTimeout as wait } from 'node:timers/promises';
import { durationSeconds } from '../../api/index.js';
import { giveMemoryBack } from '../../process/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';
import { type Road } from '../git/git-controller.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { quayRepair } from './contended.js';
import { type Memory } from '../../converge/cache/observation-cache.js';
import { type Organizations } from './organizations.js';
import { type Rivals } from './conflict-index.js';
import { setAside } from './find-work.js';

/** Looks at every organization again and again, however quiet the cluster is. */
export interface Sweep {
  /** Rounds that have been completed. */
  readonly rounds: () => number;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** Part of the workers that a sweep may keep busy: events must find the others free. */
const share = 0.25;
const lookEvery = 250;

/** One round after the other for every integration; one that takes longer than its interval goes on. */
export function createSweep(
  operator: Operator,
  integrations: Integrations,
  organizations: Organizations,
  { memory, rivals, road }: { readonly memory: Memory; readonly rivals: Rivals; readonly road: Pick<Road, 'add'> },
): Sweep {
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
  const isUnderWay = (): boolean => {
    const { sweep, sweeping } = organizations.queue.counts();
    return sweep + sweeping > 0;
  };
  const round = async (name: string): Promise<void> => {
    const known = integrations.get(name);
    if (known === undefined) return;
    begun.set(name, performance.now());
    if (known.integration.spec.suspend) return road.add(name);
    const pending = watches.organizations.list().filter((live) => live.integration === name && !live.deleting);
    for (const live of pending) {
      while (organizations.queue.counts().sweep + organizations.queue.counts().active >= most && !signal.aborted) {
        await organizations.settled(lookEvery);
      }
      if (signal.aborted) return;
      // Somebody undoes there what a look puts right.
      if (repairs.hold(quayRepair(live)) > 0) continue;
      memory.of(known.host, live.organization).lookDue = true;
      organizations.queue.add(live.name, 'sweep');
    }
    while (isUnderWay() && !signal.aborted) await organizations.settled(lookEvery);
    await giveMemoryBack();
    rounds += 1;
    if (!isInStep(name, pending)) return;
    metrics.lastSuccessTimestampSeconds.set({ integration: name }, Date.now() / 1000);
  };
  /** Whether Git and Quay could be read for all of them, leaving out those that people have to see to. */
  const isInStep = (name: string, looked: readonly LiveOrganization[]): boolean => {
    const known = integrations.get(name);
    if (known?.quay.value === undefined || integrations.findings(name).road !== undefined) return false;
    return looked.every((before) => {
      const live = watches.organizations.get(before.name);
      if (live === undefined || live.deleting || !memory.of(known.host, live.organization).lookDue) return true;
      return 'aside' in setAside(operator, { integrations, rivals }, live);
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
