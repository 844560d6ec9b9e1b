import { type QuayIntegrationSpec, type QuayIntegrationStatus } from '../../api/index.js';
import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';
import { keyOfObject, resourceTypes } from '../../kube/index.js';
import { type Metrics } from '../../process/index.js';
import { type Operator } from '../operator.js';
import { type IntegrationReport } from '../status/integration-report.js';
import { integrationStatus } from '../status/integration-status.js';
import { summarize, takenIn } from '../status/summarize.js';
import { type StatusWriter } from '../status/write-status.js';
import { type FoundIntegration } from './read-integration.js';

type Statuses = StatusWriter<QuayIntegrationStatus>;

/** An object, and what is to be written into its status. */
interface Reported extends Pick<FoundIntegration, 'raw' | 'type'> {
  readonly name: string;
  readonly reported: IntegrationReport;
  readonly spec: QuayIntegrationSpec | undefined;
}

/** Writes the status of an integration, and the same numbers for who asks Prometheus. */
export async function writeIntegrationStatus(
  { watches, metrics }: Pick<Operator, 'watches' | 'metrics'>,
  statuses: Statuses,
  { name, raw, type, reported, spec }: Reported,
): Promise<void> {
  const before = lastStatus(statuses, raw);
  if (saysNothingYet(reported, before, generationOf(raw))) return;
  const summary = summarize(watches.organizations.list(), name);
  const status = integrationStatus({
    reported,
    summary,
    ...(spec !== undefined && { spec }),
    generation: generationOf(raw),
    before,
    now: new Date(),
  });
  measure(metrics, name, status);
  metrics.organizationsTaken.set({ integration: name }, takenIn(summary));
  await statuses.write({ name, uid: uidOf(raw), type, status: raw.status }, status);
}

/** The predecessor's object of a name that a v1 object has as well. */
export async function writeSuperseded(statuses: Statuses, name: string, raw: Fields): Promise<void> {
  const message = 'the v1 object of the same name takes precedence';
  const status = integrationStatus({
    reported: { fault: { code: 'Conflict', message, retryable: false } },
    summary: { organizations: 0, ready: 0, faults: [] },
    generation: generationOf(raw),
    before: lastStatus(statuses, raw),
    now: new Date(),
  });
  const type = resourceTypes.predecessorIntegration;
  await statuses.write({ name, uid: uidOf(raw), type, status: raw.status }, status);
}

/** The status as it was written last, or as the object has it. */
export function lastStatus(statuses: Statuses, raw: Fields): QuayIntegrationStatus | undefined {
  return statuses.last(uidOf(raw)) ?? (raw.status as QuayIntegrationStatus | undefined);
}

function measure(metrics: Metrics, name: string, status: QuayIntegrationStatus): void {
  const { organizations: total = 0, ready = 0 } = status;
  metrics.organizations.set({ integration: name, state: 'ready' }, ready);
  metrics.organizations.set({ integration: name, state: 'reconciling' }, total - ready);
  for (const { type: condition, status: value } of status.conditions ?? []) {
    metrics.condition.set({ kind: 'QuayIntegration', name, type: condition }, Number(value === 'True'));
  }
}

/** After a restart, what the status says stays until more is known. */
export function saysNothingYet(
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
