import { type QuayIntegrationStatus } from '../../api/index.js';
import { createNamedWatches, createQueue, type Queue } from '../../kube/index.js';
import { anyFailureOf } from '../../converge/index.js';
import { type Operator } from '../operator.js';
import { type IntegrationReport } from '../status/integration-report.js';
import { type Connections } from './connections.js';
import { declaredIntegrations, type DeclaredIntegrations } from './declared-integrations.js';
import { type KnownIntegration, lacksCredentials } from './known-integration.js';
import { type ConnectParts, reconcileObject } from './reconcile-object.js';
import { type Repositories } from './repositories.js';
import { createStatusKeeper, type StatusOperator } from './status-keeper.js';

/** The integrations of the cluster, and what is known of each. */
export interface Integrations extends Omit<DeclaredIntegrations, 'names'> {
  /** One that fits the schema; it may still be out of use. */
  readonly get: (name: string) => KnownIntegration | undefined;
  readonly all: () => readonly KnownIntegration[];
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

/** Watches the integrations, connects them, and writes their status. */
export function createIntegrations(
  operator: StatusOperator & Pick<Operator, 'settings'>,
  connections: Connections,
  repositories: Repositories,
): Integrations {
  const { client, watches, log } = operator;
  const known = new Map<string, KnownIntegration>();
  const handlers: ((name: string) => void)[] = [];
  const named = createNamedWatches(client, (name) => queue.add(name));
  const { names, ...declared } = declaredIntegrations(watches);
  const keeper = createStatusKeeper(operator, (name) => known.get(name)?.integration.spec);
  const announce = (name: string): void => handlers.forEach((handler) => handler(name));
  const parts: ConnectParts = { ...operator, known, named, connections, repositories, keeper, announce };
  const queue: Queue = createQueue({
    // Each waits for a Quay of its own.
    concurrency: Infinity,
    reserved: 0,
    backoff: { first: 1_000, most: 60_000 },
    onFault: ({ key, error }) => {
      log.error({ err: error, integration: key }, 'reconciling the integration failed');
      // One that is gone has no status any more.
      if (declared.exists(key) !== 'No') keeper.report(key, { fault: anyFailureOf(error) });
    },
    work: (name, turn) => reconcileObject(parts, name, turn),
  });
  const onObject = (name: string): void => {
    queue.add(name);
    // Whose Secret went by the host of that one may have it now.
    for (const [other, one] of known) if (lacksCredentials(one)) queue.add(other);
  };

  return {
    ...declared,
    get: (name) => known.get(name),
    all: () => [...known.values()],
    report: keeper.report,
    writeStatus: keeper.write,
    status: keeper.status,
    reported: keeper.reported,
    onChange: (handler) => void handlers.push(handler),
    isIdle: () => queue.isIdle() && names().every((name) => keeper.isReported(name)),
    start: () => {
      watches.integrations.subscribe(onObject);
      watches.predecessorIntegrations.subscribe(onObject);
    },
    stop: async (milliseconds) => {
      await named.stop();
      await queue.drain(milliseconds);
      await keeper.stop();
    },
  };
}
