import { type QuayIntegration, type QuayIntegrationStatus } from '../../api/index.js';
import {
  createQueue,
  type Fields,
  keyOfObject,
  type Queue,
  recordOf,
  type ResourceType,
  textOf,
} from '../../kube/index.js';
import { type Fact } from '../../plan/index.js';
import { createBatcher, type Batcher } from '../batcher.js';
import { type Operator } from '../operator.js';
import { type Findings } from '../status/findings.js';
import { integrationStatus } from '../status/integration-status.js';
import { standingOf } from '../status/standing.js';
import { createStatusWriter } from '../status/write-status.js';
import { type Connections } from './connections.js';
import { type KnownIntegration } from './known-integration.js';
import { createNamedWatches } from './named-watches.js';
import { findIntegration, readIntegration } from './read-integration.js';
import { referencesOf } from './references.js';
import { type Repositories } from './repositories.js';

/** The integrations of the cluster, and what is known of each. */
export interface Integrations {
  /** One that fits the schema; it may still be out of use. */
  readonly get: (name: string) => KnownIntegration | undefined;
  readonly all: () => readonly KnownIntegration[];
  /** Whether the object is there. */
  readonly exists: (name: string) => Fact;
  /** Whether all objects could be read, so that a name which is not there belongs to nobody. */
  readonly areAllKnown: () => boolean;
  /** Adds to what its status says; the status is written a little later. */
  readonly report: (name: string, findings: Findings) => void;
  /** Writes the status before it comes back. */
  readonly writeStatus: (name: string) => Promise<void>;
  readonly status: (name: string) => QuayIntegrationStatus | undefined;
  readonly findings: (name: string) => Findings;
  /** Told when an integration comes, goes, or is another one in what it says or how it connects. */
  readonly onChange: (handler: (name: string) => void) => void;
  readonly isIdle: () => boolean;
  readonly start: () => void;
  readonly stop: (milliseconds: number) => Promise<void>;
}

// Credentials are also looked at when nobody has told of a change: the right to watch them may be missing.
const lookAgain = 60_000;

/** Watches the integrations, connects them, and writes their status. */
export function createIntegrations(
  operator: Operator,
  connections: Connections,
  repositories: Repositories,
): Integrations {
  const { client, watches, settings, log, metrics, signal } = operator;
  const known = new Map<string, KnownIntegration>();
  const found = new Map<string, Findings>();
  const batchers = new Map<string, Batcher>();
  const handlers: ((name: string) => void)[] = [];
  const statuses = createStatusWriter<QuayIntegrationStatus>(client);
  const named = createNamedWatches(client, (name) => queue.add(name));

  const report: Integrations['report'] = (name, findings) => {
    found.set(name, { ...found.get(name), ...findings });
    let batcher = batchers.get(name);
    if (batcher === undefined) {
      const onFault = (error: unknown): void =>
        log.warn({ err: error, integration: name }, 'the status could not be written');
      batcher = createBatcher({ run: () => writeStatus(name), onFault, quiet: 1_000, most: 5_000 });
      batchers.set(name, batcher);
    }
    batcher.add();
  };
  const statusOf = (name: string): QuayIntegrationStatus | undefined => {
    const there = findIntegration(watches, name);
    if (there === undefined) return undefined;
    return statuses.last(uidOf(there.raw)) ?? (there.raw.status as QuayIntegrationStatus | undefined);
  };
  const writeStatus: Integrations['writeStatus'] = async (name) => {
    const there = findIntegration(watches, name);
    if (there === undefined || signal.aborted) return;
    const { raw, type, superseded } = there;
    const organizations = watches.organizations.listing();
    const spec = known.get(name)?.integration.spec;
    if (saysNothingYet(found.get(name) ?? {}, statusOf(name), generationOf(raw))) return;
    const status = integrationStatus({
      findings: found.get(name) ?? {},
      standing: standingOf(organizations.known ? organizations.items : [], name),
      ...(spec !== undefined && { spec }),
      generation: generationOf(raw),
      before: statusOf(name),
      now: new Date(),
    });
    for (const { type: condition, status: value } of status.conditions ?? []) {
      metrics.condition.set({ kind: 'QuayIntegration', name, type: condition }, Number(value === 'True'));
    }
    await statuses.write({ name, uid: uidOf(raw), type, status: raw.status }, status);
    if (superseded !== undefined) await writeSuperseded(name, superseded);
  };
  const writeSuperseded = async (name: string, raw: Fields): Promise<void> => {
    const message = 'the v1 object of the same name stands in its place';
    const status = integrationStatus({
      findings: { fault: { code: 'Conflict', message, retryable: false } },
      standing: { organizations: 0, ready: 0 },
      generation: generationOf(raw),
      before: statuses.last(uidOf(raw)) ?? (raw.status as QuayIntegrationStatus | undefined),
      now: new Date(),
    });
    const type: ResourceType = {
      apiVersion: 'redhatcop.redhat.io/v1alpha1',
      kind: 'QuayIntegration',
      plural: 'quayintegrations',
    };
    await statuses.write({ name, uid: uidOf(raw), type, status: raw.status }, status);
  };
  const announce = (name: string): void => handlers.forEach((handler) => handler(name));

  const forget = async (name: string): Promise<void> => {
    const was = known.delete(name);
    found.delete(name);
    named.watch(name, []);
    connections.close(name);
    repositories.close(name);
    await batchers.get(name)?.stop();
    batchers.delete(name);
    await metrics.forgetIntegration(name);
    if (was) announce(name);
  };
  const connect = async (name: string, integration: QuayIntegration): Promise<boolean> => {
    const there = findIntegration(watches, name);
    const read = there && readIntegration(there);
    if (there === undefined || read === undefined || 'failure' in read) return false;
    named.watch(name, referencesOf(integration, settings.namespace));
    const quay = await connections.open(integration);
    const repository = await repositories.open(integration, read.id);
    const before = known.get(name);
    const now: KnownIntegration = { ...read, type: there.type, quay, repository };
    known.set(name, now);
    report(name, { fault: undefined, quay: quay.failure, repository: repository.failure });
    const isSame =
      before?.integration.metadata.resourceVersion !== undefined &&
      JSON.stringify([before.integration.spec, before.integration.metadata.annotations]) ===
        JSON.stringify([integration.spec, integration.metadata.annotations]) &&
      before.quay.value === quay.value &&
      before.repository.value === repository.value;
    if (!isSame) announce(name);
    return (quay.failure ?? repository.failure)?.retryable === true;
  };
  const queue: Queue = createQueue({
    concurrency: 4,
    backoff: { first: 1_000, most: 60_000 },
    onFault: ({ key, error }) => log.error({ err: error, integration: key }, 'the integration could not be looked at'),
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
      const isToBeTriedSoon = await connect(name, read.integration);
      return { again: { milliseconds: isToBeTriedSoon ? Math.min(1_000 * 2 ** turn.failures, 5_000) : lookAgain } };
    },
  });

  return {
    get: (name) => known.get(name),
    all: () => [...known.values()],
    exists: (name) => {
      if (findIntegration(watches, name) !== undefined) return 'Yes';
      return isKnown(watches) ? 'No' : 'Unknown';
    },
    areAllKnown: () => isKnown(watches) && keysOf(watches).every((name) => known.has(name)),
    report,
    writeStatus,
    status: statusOf,
    findings: (name) => found.get(name) ?? {},
    onChange: (handler) => void handlers.push(handler),
    isIdle: () => {
      const { event, sweep, active } = queue.counts();
      return event + sweep + active === 0 && keysOf(watches).every((name) => found.has(name));
    },
    start: () => {
      watches.integrations.subscribe((name) => queue.add(name));
      watches.predecessorIntegrations.subscribe((name) => queue.add(name));
    },
    stop: async (milliseconds) => {
      await named.stop();
      await queue.drain(milliseconds);
      await Promise.all([...batchers.values()].map((batcher) => batcher.stop()));
    },
  };
}

type Both = Pick<Operator['watches'], 'integrations' | 'predecessorIntegrations'>;

function isKnown({ integrations, predecessorIntegrations }: Both): boolean {
  return integrations.listing().known && predecessorIntegrations.listing().known;
}

function keysOf({ integrations, predecessorIntegrations }: Both): readonly string[] {
  return [...new Set([...integrations.keys(), ...predecessorIntegrations.keys()])];
}

/** After a restart, what the status says stays until more is known. */
function saysNothingYet(findings: Findings, before: QuayIntegrationStatus | undefined, generation: number): boolean {
  const { fault, quay, repository, road, travelled } = findings;
  if (travelled === true || (fault ?? quay ?? repository ?? road) !== undefined) return false;
  return before?.observedGeneration === generation && (before.conditions ?? []).length > 0;
}

function uidOf(raw: Fields): string {
  return textOf(recordOf(raw.metadata).uid) ?? keyOfObject(raw);
}

function generationOf(raw: Fields): number {
  const { generation } = recordOf(raw.metadata);
  return typeof generation === 'number' ? generation : 0;
}
