import { type Again, createGrouped, createQueue, namespacedNameOf, type Queue, type Turn } from '../../kube/index.js';
import { organizationLock } from '../locks.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type Parts, workOn } from './work.js';

/** Reconciles every `QuayOrganization` with Quay, and writes the result into the cluster. */
export interface Organizations {
  readonly queue: Queue;
  readonly isIdle: () => boolean;
  /** Waits until work on some organization has ended, and so long at most. */
  readonly drained: (milliseconds: number) => Promise<void>;
  readonly start: () => void;
  readonly stop: (milliseconds: number) => Promise<number>;
}

/** Converges every object on an event and at each resync. */
export function createOrganizations(operator: Operator, parts: Parts): Organizations {
  const { watches, locks, log, metrics, repairs, settings, signal } = operator;
  const { integrations, memory, deletions, conflicting } = parts;
  const waiting: (() => void)[] = [];
  const converge = async (live: LiveOrganization, turn: Turn): Promise<Again | undefined> => {
    const started = performance.now();
    const registry = integrations.get(live.integration)?.host ?? '';
    let result = 'failure';
    try {
      await locks.hold([organizationLock(registry, live.organization)], () => workOn(operator, parts, live, turn));
      result = 'success';
      const milliseconds = repairs.due(live.name);
      return milliseconds === undefined ? undefined : { again: { milliseconds } };
    } finally {
      waiting.splice(0).forEach((wake) => wake());
      const seconds = (performance.now() - started) / 1000;
      metrics.reconcileDurationSeconds.observe({ controller: 'organization', result }, seconds);
    }
  };
  const queue = createQueue({
    concurrency: settings.workers,
    // A Quay that is well again should not be kept waiting for long.
    backoff: { first: 1_000, most: 60_000 },
    onFault: ({ key, error, milliseconds }) => {
      const retryInSeconds = Math.round(milliseconds / 1000);
      log.info({ err: error, organization: key, retryInSeconds }, 'reconciling failed, will retry');
    },
    work: async (name, turn) => {
      const live = watches.organizations.get(name);
      if (live === undefined || signal.aborted) return undefined;
      if (!live.deleting) return converge(live, turn);
      deletions.add(live.integration, name);
      return undefined;
    },
  });
  const byNamespace = createGrouped();
  const addNamespace = (namespace: string): void => byNamespace.of(namespace).forEach((name) => queue.add(name));
  const addIntegration = (name: string): void => {
    const host = integrations.get(name)?.host ?? '';
    for (const live of watches.organizations.list()) {
      if (live.integration !== name) continue;
      // Another token, certificate or field: what was known of Quay may no longer be so.
      memory.of(host, live.organization).resyncDue = true;
      queue.add(live.name);
      // It may lead to another registry now, where others are, and away from those before.
      conflicting.namesakes(live).forEach((other) => queue.add(other));
    }
  };

  return {
    queue,
    isIdle: () => {
      const { event, resync, active } = queue.counts();
      return event + resync + active === 0;
    },
    drained: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
    start: () => {
      watches.organizations.subscribe((name) => {
        byNamespace.note(name, watches.organizations.get(name)?.namespace);
        const others = conflicting.note(name);
        for (const one of [name, ...others]) queue.add(one);
      });
      watches.namespaces.subscribe(addNamespace);
      for (const watch of [watches.pullSecrets, watches.accounts]) {
        watch.subscribe((key) => addNamespace(namespacedNameOf(key).namespace));
      }
      integrations.onChange(addIntegration);
    },
    stop: (milliseconds) => queue.drain(milliseconds),
  };
}
