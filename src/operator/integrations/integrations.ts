import { type QuayIntegration, type QuayIntegrationStatus } from '../../api/index.js';
import { backoff } from '../../clock/index.js';
import { createNamedWatches, createQueue, type Queue, type ResourceType } from '../../kube/index.js';
import { type Fact } from '../../plan/index.js';
import { type Operator } from '../operator.js';
import { type IntegrationReport } from '../status/integration-report.js';
import { type Connections } from './connections.js';
import { type KnownIntegration } from './known-integration.js';
import { findIntegration, type ReadIntegration, readIntegration } from './read-integration.js';
import { referencesOf } from './references.js';
import { type Repositories } from './repositories.js';
import { createStatusKeeper } from './status-keeper.js';

/** The integrations of the cluster, and what is known of each. */
export interface Integrations {
  /** One that fits the schema; it may still be out of use. */
  readonly get: (name: string) => KnownIntegration | undefined;
  readonly all: () => readonly KnownIntegration[];
  /** Whether the object is there. */
  readonly exists: (name: string) => Fact;
  /** The objects that can be read, connected or not: the owner of a namespace depends on nothing else. */
  readonly readable: () => readonly QuayIntegration[];
  /** Whether these are all, so that a name that is not among them does not exist. */
  readonly areAllReadable: () => boolean;
  /** Adds to the report of its status; the status is written a little later. */
  readonly report: (name: string, reported: IntegrationReport) => void;
  /** Writes the status before it comes back. */
  readonly writeStatus: (name: string) => Promise<void>;
  readonly status: (name: string) => QuayIntegrationStatus | undefined;
  readonly reported: (name: string) => IntegrationReport;
  /** Called when an integration is added or removed, or when its spec or connection changes. */
  readonly onChange: (handler: (name: string) => void) => void;
  readonly isIdle: () => boolean;
  readonly start: () => void;
  readonly stop: (milliseconds: number) => Promise<void>;
}

// Credentials are also read without an event: the permission to watch them may be missing.
const lookAgain = 60_000;
const soon = { first: 1_000, most: 5_000, jitter: 0 };

/** Watches the integrations, connects them, and writes their status. */
export function createIntegrations(
  operator: Operator,
  connections: Connections,
  repositories: Repositories,
): Integrations {
  const { client, watches, settings, log, metrics } = operator;
  const known = new Map<string, KnownIntegration>();
  const handlers: ((name: string) => void)[] = [];
  const named = createNamedWatches(client, (name) => queue.add(name));

  const keeper = createStatusKeeper(operator, (name) => known.get(name)?.integration.spec);
  const { report } = keeper;
  const announce = (name: string): void => handlers.forEach((handler) => handler(name));

  const forget = async (name: string): Promise<void> => {
    known.delete(name);
    named.watch(name, []);
    connections.close(name);
    repositories.close(name);
    await keeper.forget(name);
    await metrics.forgetIntegration(name);
    // Also of one that could never be read: for as long as it was there, it kept what it may have had from the others.
    announce(name);
  };
  const connect = async (name: string, type: ResourceType, read: ReadIntegration): Promise<boolean> => {
    const { integration } = read;
    named.watch(name, referencesOf(integration, settings.namespace));
    const quay = await connections.open(integration);
    const repository = await repositories.open(integration, read.id);
    const before = known.get(name);
    const now: KnownIntegration = { ...read, type, quay, repository };
    const isKnown = isSame(before, now);
    // The same object as long as nothing changed: others keep a reference.
    if (!isKnown) known.set(name, now);
    report(name, { fault: undefined, quay: quay.failure, repository: repository.failure });
    if (!isKnown) announce(name);
    return (quay.failure ?? repository.failure)?.retryable === true;
  };
  const queue: Queue = createQueue({
    concurrency: 4,
    backoff: { first: 1_000, most: 60_000 },
    onFault: ({ key, error }) => log.error({ err: error, integration: key }, 'reconciling the integration failed'),
    work: async (name, turn) => {
      const there = findIntegration(watches, name);
      if (there === undefined) return forget(name);
      const read = readIntegration(there);
      if ('failure' in read) {
        const was = known.delete(name);
        report(name, { fault: read.failure });
        if (was) announce(name);
        return;
      }
      const isToBeTriedSoon = await connect(name, there.type, read);
      return { again: { milliseconds: isToBeTriedSoon ? backoff(soon, turn.failures + 1) : lookAgain } };
    },
  });

  const lookAt = (name: string): void => {
    queue.add(name);
    // Whose Secret went by the host of that one may have it now.
    for (const [other, { quay, repository }] of known) {
      if ([quay, repository].some(({ failure }) => failure?.code.startsWith('Credentials'))) queue.add(other);
    }
  };

  const readable = (): readonly QuayIntegration[] =>
    keysOf(watches).flatMap((name) => {
      const there = findIntegration(watches, name);
      const read = there && readIntegration(there);
      return read === undefined || 'failure' in read ? [] : [read.integration];
    });

  return {
    get: (name) => known.get(name),
    all: () => [...known.values()],
    exists: (name) => {
      if (findIntegration(watches, name) !== undefined) return 'Yes';
      return isKnown(watches) ? 'No' : 'Unknown';
    },
    readable,
    areAllReadable: () => isKnown(watches) && readable().length === keysOf(watches).length,
    report,
    writeStatus: keeper.write,
    status: keeper.status,
    reported: keeper.reported,
    onChange: (handler) => void handlers.push(handler),
    isIdle: () => {
      const { event, resync, active } = queue.counts();
      return event + resync + active === 0 && keysOf(watches).every((name) => keeper.isReported(name));
    },
    start: () => {
      watches.integrations.subscribe(lookAt);
      watches.predecessorIntegrations.subscribe(lookAt);
    },
    stop: async (milliseconds) => {
      await named.stop();
      await queue.drain(milliseconds);
      await keeper.stop();
    },
  };
}

/** Whether all that others go by is still the same. */
function isSame(before: KnownIntegration | undefined, now: KnownIntegration): boolean {
  const words = ({ integration: { spec, metadata } }: KnownIntegration): string =>
    JSON.stringify([metadata.uid, metadata.generation, spec, metadata.annotations]);
  return (
    before !== undefined &&
    words(before) === words(now) &&
    before.quay.value === now.quay.value &&
    before.quay.failure?.code === now.quay.failure?.code &&
    before.repository.failure?.code === now.repository.failure?.code &&
    before.repository.value === now.repository.value
  );
}

type Both = Pick<Operator['watches'], 'integrations' | 'predecessorIntegrations'>;

function isKnown({ integrations, predecessorIntegrations }: Both): boolean {
  return integrations.listing().known && predecessorIntegrations.listing().known;
}

function keysOf({ integrations, predecessorIntegrations }: Both): readonly string[] {
  return [...new Set([...integrations.keys(), ...predecessorIntegrations.keys()])];
}
