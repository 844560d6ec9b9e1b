import { type QuayIntegrationSpec, type QuayIntegrationStatus } from '../../api/index.js';
import { createBatchers } from '../batchers.js';
import { type Operator } from '../operator.js';
import { type IntegrationReport } from '../status/integration-report.js';
import { createStatusWriter } from '../status/write-status.js';
import { findIntegration } from './read-integration.js';
import { lastStatus, writeIntegrationStatus, writeSuperseded } from './write-integration-status.js';

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

/** What the status of integrations takes from the operator. */
export type StatusOperator = Pick<Operator, 'client' | 'watches' | 'log' | 'metrics' | 'signal'>;

/** Knows nothing, to begin with; `specOf` gives what an integration says, where it fits the schema. */
export function createStatusKeeper(
  operator: StatusOperator,
  specOf: (name: string) => QuayIntegrationSpec | undefined,
): StatusKeeper {
  const { client, watches, log, signal } = operator;
  const reports = new Map<string, IntegrationReport>();
  const statuses = createStatusWriter<QuayIntegrationStatus>(client);
  const reported = (name: string): IntegrationReport => reports.get(name) ?? {};
  const write: StatusKeeper['write'] = async (name) => {
    const found = findIntegration(watches, name);
    if (found === undefined || signal.aborted) return;
    await writeIntegrationStatus(operator, statuses, { ...found, name, reported: reported(name), spec: specOf(name) });
    if (found.superseded !== undefined) await writeSuperseded(statuses, name, found.superseded);
  };
  const batchers = createBatchers({
    run: write,
    onFault: (name, error) => log.warn({ err: error, integration: name }, 'writing the status failed'),
    quiet: 1_000,
    most: 5_000,
  });

  return {
    report: (name, more) => {
      reports.set(name, { ...reports.get(name), ...more });
      batchers.add(name);
    },
    isReported: (name) => reports.has(name),
    reported,
    status: (name) => {
      const found = findIntegration(watches, name);
      return found && lastStatus(statuses, found.raw);
    },
    write,
    forget: async (name) => {
      reports.delete(name);
      await batchers.forget(name);
    },
    stop: batchers.stop,
  };
}
