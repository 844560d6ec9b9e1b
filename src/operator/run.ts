import { setTimeout as wait } from 'node:timers/promises';
import { createElector, type Elector, type KubeClient, kubeClient } from '../kube/index.js';
import { createLog, type Log, createMetrics, logCrashes, onShutdown, startOperations } from '../process/index.js';
import { fenced } from './fence.js';
import { lead, type Leading } from './start-controllers.js';
import { type Settings } from './settings.js';

/** Runs the operator until the process is asked to end, or until a single pass is over; gives the exit code. */
export async function runOperator(settings: Settings, version: string): Promise<number> {
  let leading: Leading | undefined;
  const log = createLog({
    level: settings.logLevel,
    name: 'quayside-operator',
    secrets: () => leading?.secrets() ?? [],
  });
  logCrashes(log);
  const shutdown = onShutdown({ log, deadline: settings.gracePeriod });
  const metrics = createMetrics({ version });
  const { kubeconfig, context } = settings;
  const client = await kubeClient({
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    userAgent: 'quayside-operator',
    onCall: ({ verb, resource, status }) => metrics.kubeRequestsTotal.inc({ verb, resource, code: String(status) }),
  });
  const operations = await startOperations({
    listen: settings.listen,
    metrics,
    log,
    health: { live: () => undefined, ready: () => leading?.notReady() },
  });
  log.info({ port: operations.port, server: client.server, version }, 'listening');

  const over = new AbortController();
  const isEnded = new Promise<unknown>((resolve) => over.signal.addEventListener('abort', resolve));
  shutdown.signal.addEventListener('abort', () => over.abort('asked to end'), { once: true });
  const begin: Begin = (signal, isLeader) => {
    // A term that begins while the process is ending is nobody's.
    if (over.signal.aborted) return;
    const mayWrite = (): boolean => !signal.aborted && isLeader();
    log.info({ instance: settings.instance }, 'leading');
    metrics.leader.set(1);
    leading = lead({ client: fenced(client, mayWrite), log, metrics, settings, signal });
    if (settings.once) void finishOnce(leading, over.signal).then(() => over.abort('the pass is over'));
  };
  const elector = elect(client, settings, { begin, over, log });

  await isEnded;
  log.info({ why: String(over.signal.reason) }, 'ending');
  const code = exitCode(settings, shutdown.signal.aborted, leading);
  if (settings.once) for (const fault of leading?.faults() ?? []) log.warn({ fault }, 'not in step after the pass');
  await leading?.stop(settings.gracePeriod * 500);
  await elector?.stop();
  await operations.close();
  await client.close();
  shutdown.done();
  return code;
}

/** 0 when somebody asked for the end, or a single pass left everything in step. */
function exitCode({ once }: Settings, isAsked: boolean, leading: Leading | undefined): number {
  if (isAsked) return 0;
  return once && leading?.faults().length === 0 ? 0 : 1;
}

type Begin = (signal: AbortSignal, isLeader: () => boolean) => void;

/** Begins when we lead, or at once where there is nobody else; a term that is over ends the process. */
function elect(
  client: KubeClient,
  { leaderElection, namespace, lease, instance }: Settings,
  { begin, over, log }: { readonly begin: Begin; readonly over: AbortController; readonly log: Log },
): Elector | undefined {
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
    onFault: (error) => log.warn({ err: error }, 'the lease could not be looked at'),
  });
  elector.start();
  return elector;
}

const settleFor = 1_500;
const lookEvery = 100;

/** Waits until there has been nothing to do for a moment. */
async function finishOnce(leading: Leading, signal: AbortSignal): Promise<void> {
  let idleSince: number | undefined;
  while (!signal.aborted) {
    const now = performance.now();
    if (!leading.isIdle()) idleSince = undefined;
    else if ((idleSince ??= now) + settleFor <= now) return;
    await wait(lookEvery, undefined, { signal }).catch(() => undefined);
  }
}
