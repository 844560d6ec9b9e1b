import { type QuayIntegrationSpec, type QuayIntegrationStatus } from '../../api/index.js';
import {
  type Batcher,
  createBatcher,
  type Fields,
  keyOfObject,
  objectOrEmpty,
  resourceTypes,
  textOf,
} from '../../kube/index.js';
import { type Metrics } from '../../process/index.js';
import { type Operator } from '../operator.js';
import { type IntegrationReport } from '../status/integration-report.js';
import { integrationStatus } from '../status/integration-status.js';
import { summarize } from '../status/summarize.js';
import { createStatusWriter } from '../status/write-status.js';
import { findIntegration } from './read-integration.js';

/** Collects reports about integrations, and writes their status. */
export interface StatusKeeper {
  readonly report: (name: string, reported: IntegrationReport) => void;
  readonly isReported: (name: string) => boolean;
  readonly reported: (name: string) => IntegrationReport;
  /** As it was written last. */
  readonly status: (name: string) => QuayIntegrationStatus | undefined;
  readonly write: (name: string) => Promise<void>;
  readonly forget: (name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Knows nothing, to begin with; `specOf` gives what an integration says, where it fits the schema. */
export function createStatusKeeper(
  { client, watches, log, metrics, signal }: Operator,
  specOf: (name: string) => QuayIntegrationSpec | undefined,
): StatusKeeper {
  const found = new Map<string, IntegrationReport>();
  const batchers = new Map<string, Batcher>();
  const statuses = createStatusWriter<QuayIntegrationStatus>(client);

  const report: StatusKeeper['report'] = (name, reported) => {
    found.set(name, { ...found.get(name), ...reported });
    let batcher = batchers.get(name);
    if (batcher === undefined) {
      const onFault = (error: unknown): void =>
        log.warn({ err: error, integration: name }, 'writing the status failed');
      batcher = createBatcher({ run: () => write(name), onFault, quiet: 1_000, most: 5_000 });
      batchers.set(name, batcher);
    }
    batcher.add();
  };
  const statusOf = (name: string): QuayIntegrationStatus | undefined => {
    const there = findIntegration(watches, name);
    if (there === undefined) return undefined;
    return statuses.last(uidOf(there.raw)) ?? (there.raw.status as QuayIntegrationStatus | undefined);
  };
  const write: StatusKeeper['write'] = async (name) => {
    const there = findIntegration(watches, name);
    if (there === undefined || signal.aborted) return;
    const { raw, type, superseded } = there;
    const spec = specOf(name);
    if (saysNothingYet(found.get(name) ?? {}, statusOf(name), generationOf(raw))) return;
    const status = integrationStatus({
      reported: found.get(name) ?? {},
      summary: summarize(watches.organizations.list(), name),
      ...(spec !== undefined && { spec }),
      generation: generationOf(raw),
      before: statusOf(name),
      now: new Date(),
    });
    measure(metrics, name, status);
    await statuses.write({ name, uid: uidOf(raw), type, status: raw.status }, status);
    if (superseded !== undefined) await writeSuperseded(name, superseded);
  };
  const writeSuperseded = async (name: string, raw: Fields): Promise<void> => {
    const message = 'the v1 object of the same name takes precedence';
    const status = integrationStatus({
      reported: { fault: { code: 'Conflict', message, retryable: false } },
      summary: { organizations: 0, ready: 0 },
      generation: generationOf(raw),
      before: statuses.last(uidOf(raw)) ?? (raw.status as QuayIntegrationStatus | undefined),
      now: new Date(),
    });
    const type = resourceTypes.predecessorIntegration;
    await statuses.write({ name, uid: uidOf(raw), type, status: raw.status }, status);
  };

  return {
    report,
    isReported: (name) => found.has(name),
    reported: (name) => found.get(name) ?? {},
    status: statusOf,
    write,
    forget: async (name) => {
      found.delete(name);
      await batchers.get(name)?.stop();
      batchers.delete(name);
    },
    stop: async () => {
      await Promise.all([...batchers.values()].map((batcher) => batcher.stop()));
    },
  };
}

/** The same for who asks Prometheus. */
function measure(metrics: Metrics, name: string, status: QuayIntegrationStatus): void {
  const { organizations: total = 0, ready = 0 } = status;
  metrics.organizations.set({ integration: name, state: 'ready' }, ready);
  metrics.organizations.set({ integration: name, state: 'reconciling' }, total - ready);
  for (const { type: condition, status: value } of status.conditions ?? []) {
    metrics.condition.set({ kind: 'QuayIntegration', name, type: condition }, Number(value === 'True'));
  }
}

/** After a restart, what the status says stays until more is known. */
function saysNothingYet(
  reported: IntegrationReport,
  before: QuayIntegrationStatus | undefined,
  generation: number,
): boolean {
  const { fault, quay, repository, gitSync, reconciled, deletions } = reported;
  // What is about to be deleted has to stand there before.
  if (reconciled === true || deletions !== undefined || (fault ?? quay ?? repository ?? gitSync) !== undefined)
    return false;
  return before?.observedGeneration === generation && (before.conditions ?? []).length > 0;
}

function uidOf(raw: Fields): string {
  return textOf(objectOrEmpty(raw.metadata).uid) ?? keyOfObject(raw);
}

function generationOf(raw: Fields): number {
  const { generation } = objectOrEmpty(raw.metadata);
  return typeof generation === 'number' ? generation : 0;
}
