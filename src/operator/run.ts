import { setTimeout as wait } from 'node:timers/promises';
import { createElector, kubeClient } from '../kube/index.js';
import { createLog, createMetrics, logCrashes, onShutdown, startOperations } from '../process/index.js';
import { fenced } from './fence.js';
import { lead, type Leading } from './lead.js';
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
  const client = await kubeClient({
    ...(settings.kubeconfig !== undefined && { kubeconfig: settings.kubeconfig }),
    ...(settings.context !== undefined && { context: settings.context }),
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
  const ended = new Promise<string>((resolve) =>
    over.signal.addEventListener('abort', () => resolve(String(over.signal.reason))),
  );
  shutdown.signal.addEventListener('abort', () => over.abort('asked to end'), { once: true });

  const begin = (signal: AbortSignal, mayWrite: () => boolean): void => {
    log.info({ instance: settings.instance }, 'leading');
    metrics.leader.set(1);
    leading = lead({ client: fenced(client, mayWrite), log, metrics, settings, signal });
    if (settings.once) void finishOnce(leading, over.signal).then(() => over.abort('the pass is over'));
  };
  const elector = settings.leaderElection
    ? createElector(client, {
        namespace: settings.namespace,
        name: settings.lease,
        identity: settings.instance,
        onGained: (signal) => begin(signal, () => elector?.isLeader() === true),
        // Another one may lead by now: what is in memory is worth nothing any more.
        onLost: (why) => over.abort(`the lease was lost: ${why}`),
        onFault: (error) => log.warn({ err: error }, 'the lease could not be looked at'),
      })
    : undefined;
  if (elector === undefined) begin(over.signal, () => true);
  else elector.start();

  const why = await ended;
  log.info({ why }, 'ending');
  const faults = settings.once && !shutdown.signal.aborted ? (leading?.faults() ?? []) : [];
  for (const fault of faults) log.warn({ fault }, 'not in step after the pass');
  await leading?.stop(settings.gracePeriod * 500);
  await elector?.stop();
  await operations.close();
  await client.close();
  shutdown.done();
  const isLost = !shutdown.signal.aborted && !settings.once;
  return isLost || faults.length > 0 ? 1 : 0;
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
