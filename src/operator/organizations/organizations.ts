import {
  type Again,
  createGrouped,
  createQueues,
  type Grouped,
  namespacedNameOf,
  type Queue,
  type Queues,
  type Turn,
} from '../../kube/index.js';
import { organizationLock } from '../locks.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { createWaiters, type Waiters } from './waiters.js';
import { type OrganizationOperator } from './converging.js';
import { takeBackVerdicts } from './take-back.js';
import { type Parts, workOn } from './work.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { isSameForQuay } from './matters-to-quay.js';

/** Reconciles every `QuayOrganization` with Quay, and writes the result into the cluster. */
export interface Organizations {
  readonly queue: Queues;
  readonly isIdle: () => boolean;
  /** Waits until work on some organization has ended, and so long at most. */
  readonly drained: (milliseconds: number) => Promise<void>;
  readonly start: () => void;
  readonly stop: (milliseconds: number) => Promise<number>;
}

type OrganizationsOperator = OrganizationOperator & Pick<Operator, 'locks' | 'log'>;

/** Converges every object on an event and at each resync. */
export function createOrganizations(operator: OrganizationsOperator, parts: Parts): Organizations {
  const { watches, log, settings, signal } = operator;
  const waiters = createWaiters();
  // A Quay that answers slowly, or never, takes the turns of its own integration alone.
  const shareOf = (name: string): string => watches.organizations.get(name)?.integration ?? '';
  const queue: Queues = createQueues(shareOf, {
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
      if (!live.deleting) {
        const again = await converge(operator, parts, waiters, { live, turn });
        takeBackVerdicts({ watches, statuses: parts.statuses, queue }, live);
        return again;
      }
      parts.deletions.add(live.integration, name);
      return undefined;
    },
  });

  return {
    queue,
    isIdle: queue.isIdle,
    drained: waiters.wait,
    start: () => subscribe(operator, parts, queue),
    // Whoever leads next begins with all of them.
    stop: (milliseconds) => queue.drain(milliseconds, 'Active'),
  };
}

/** Works on one object while nobody else writes to its organization, and measures how long that takes. */
async function converge(
  operator: OrganizationsOperator,
  parts: Parts,
  waiters: Waiters,
  { live, turn }: { readonly live: LiveOrganization; readonly turn: Turn },
): Promise<Again | undefined> {
  const { locks, metrics, repairs } = operator;
  const started = performance.now();
  const registry = parts.integrations.get(live.integration)?.host ?? '';
  let result = 'failure';
  try {
    await locks.hold([organizationLock(registry, live.organization)], () => workOn(operator, parts, live, turn));
    result = 'success';
    const milliseconds = repairs.due(live.name);
    return milliseconds === undefined ? undefined : { again: { milliseconds } };
  } finally {
    waiters.wake();
    const seconds = (performance.now() - started) / 1000;
    metrics.reconcileDurationSeconds.observe({ controller: 'organization', result }, seconds);
  }
}

/** Adds to the queue whatever an event concerns. */
function subscribe({ watches }: Pick<Operator, 'watches'>, parts: Parts, queue: Queue): void {
  const { integrations, conflicting } = parts;
  const byNamespace: Grouped = createGrouped();
  // What is there at the start is no event, unless it was never finished.
  let isStarting = true;
  const add = (name: string): void => {
    const live = watches.organizations.get(name);
    queue.add(name, isStarting && live !== undefined && wasReconciled(live) ? 'refresh' : 'event');
  };
  const addNamespace = (namespace: string): void => byNamespace.of(namespace).forEach(add);
  watches.organizations.subscribe((name) => {
    byNamespace.note(name, watches.organizations.get(name)?.namespace);
    const others = conflicting.note(name);
    for (const one of [name, ...others]) add(one);
  });
  watches.namespaces.subscribe(addNamespace);
  for (const watch of [watches.pullSecrets, watches.accounts]) {
    watch.subscribe((key) => addNamespace(namespacedNameOf(key).namespace));
  }
  isStarting = false;
  const last = new Map<string, KnownIntegration | undefined>();
  integrations.onChange((name) => {
    const [before, now] = [last.get(name), integrations.get(name)];
    last.set(name, now);
    if (isSameForQuay(before, now)) return;
    const itsOwn = watches.organizations.list().filter(({ integration }) => integration === name);
    for (const live of itsOwn) addAfresh(parts, queue, live);
  });
}

/** Whether an object was reconciled as it is: only a look at Quay could find something to do. One that is being deleted was not. */
function wasReconciled({ deleting, generation, status }: LiveOrganization): boolean {
  return !deleting && status.observedGeneration === generation;
}

/** Another token, certificate or field of its integration: what was known of Quay may no longer be so. */
function addAfresh({ integrations, memory, conflicting }: Parts, queue: Queue, live: LiveOrganization): void {
  memory.of(integrations.get(live.integration)?.host ?? '', live.organization).resyncDue = true;
  queue.add(live.name, wasReconciled(live) ? 'refresh' : 'event');
  // It may lead to another registry now, where others are, and away from those before.
  conflicting.namesakes(live).forEach((other) => queue.add(other, 'refresh'));
}
