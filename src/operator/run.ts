import { TerminalError } from '../errors/index.js';
import { createElector, type Elector, type KubeClient, kubeClient } from '../kube/index.js';
import { createLog, type Log, createMetrics, logCrashes, onShutdown, startOperations } from '../process/index.js';
import { fenced } from './fence.js';
import { finishOnce } from './once.js';
import { receiveHooks } from './hooks/receiver.js';
import { startControllers, type Controllers } from './start-controllers.js';
import { type Settings } from './settings.js';

/** Runs the operator until the process is asked to end, or until a single pass is over; gives the exit code. */
export async function runOperator(settings: Settings, version: string): Promise<number> {
  let controllers: Controllers | undefined;
  const log = createLog({
    level: settings.logLevel,
    name: 'quayside-operator',
    secrets: () => controllers?.secrets() ?? [],
  });
  logCrashes(log);
  const shutdown = onShutdown({
    log,
    deadline: settings.gracePeriod,
    unfinished: () => controllers?.unfinished(),
  });
  const metrics = createMetrics({ version });
  const { kubeconfig, context, configuration } = settings;
  const client = await kubeClient({
    environment: configuration.environment,
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    userAgent: 'quayside-operator',
    onCall: ({ verb, resource, status }) => metrics.kubeRequestsTotal.inc({ verb, resource, code: String(status) }),
  });
  const operations = await startOperations({
    listen: settings.listen,
    metrics,
    log,
    health: { live: () => undefined, ready: () => controllers?.notReady() },
  });
  log.info({ port: operations.port, server: client.server, version }, 'listening');
  const hooks = await receiveHooks({ client, settings, log, metrics });

  const over = new AbortController();
  const isEnded = new Promise<unknown>((resolve) => over.signal.addEventListener('abort', resolve));
  shutdown.signal.addEventListener('abort', () => over.abort('termination requested'), { once: true });
  const begin: Begin = (signal, isLeader) => {
    // A leadership that begins during shutdown is not used.
    if (over.signal.aborted) return;
    const mayWrite = (): boolean => !signal.aborted && isLeader();
    log.info({ instance: settings.instance }, 'became leader');
    metrics.leader.set(1);
    controllers = startControllers({ client: fenced(client, mayWrite), log, metrics, settings, signal });
    if (settings.once)
      void finishOnce(controllers, over.signal).then(() => over.abort('the reconciliation is complete'));
  };
  const elector = elect(client, settings, { begin, over, log });

  await isEnded;
  log.info({ why: String(over.signal.reason) }, 'ending');
  const code = exitCode(settings, shutdown.signal.aborted, controllers);
  if (settings.once)
    for (const fault of controllers?.faults() ?? []) log.warn({ fault }, 'not synced after the reconciliation');
  await controllers?.stop(settings.gracePeriod * 250);
  await elector?.stop();
  await hooks.close();
  await operations.close();
  await client.close();
  shutdown.done();
  return code;
}

/** 0 when termination was requested, or one reconciliation left everything synced. */
function exitCode({ once }: Settings, isAsked: boolean, controllers: Controllers | undefined): number {
  if (isAsked) return 0;
  return once && controllers?.faults().length === 0 ? 0 : 1;
}

type Begin = (signal: AbortSignal, isLeader: () => boolean) => void;

/** Starts when this process is the leader, or at once without leader election; lost leadership ends the process. */
function elect(
  client: KubeClient,
  settings: Settings,
  { begin, over, log }: { readonly begin: Begin; readonly over: AbortController; readonly log: Log },
): Elector | undefined {
  const { leaderElection, namespace, lease, instance } = settings;
  if (!leaderElection) {
    begin(over.signal, () => true);
    return undefined;
  }
  const elector: Elector = createElector(client, {
    namespace,
    name: lease,
    identity: instance,
    onGained: (signal) => begin(signal, () => elector.isLeader()),
    // Another one may lead by now: what is in memory is worth nothing any more.
    onLost: (why) => over.abort(`the lease was lost: ${why}`),
    onFault: (error) => {
      log.warn({ err: error }, 'reading the Lease failed');
      if (settings.once && error instanceof TerminalError) over.abort('the Lease cannot be used');
    },
  });
  elector.start();
  return elector;
}
