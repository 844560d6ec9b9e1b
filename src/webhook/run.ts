import { setTimeout as sleep } from 'node:timers/promises';
import { watchCertificate } from '../certs/index.js';
import { type HandlerFault, kubeClient, type Restart } from '../kube/index.js';
import {
  createLog,
  createMetrics,
  logCrashes,
  onShutdown,
  parseListenAddress,
  startOperations,
} from '../process/index.js';
import { createClusterState } from './cluster-state.js';
import { createNews } from './news.js';
import { unready } from './readiness.js';
import { createReviewer } from './reviewer.js';
import { startAdmissionServer } from './server.js';
import { type WebhookSettings } from './settings.js';
import { reportDecisions } from './report-decisions.js';

/** Runs the webhook until the process is asked to end. */
export async function runWebhook(settings: WebhookSettings, version: string): Promise<void> {
  const { kubeconfig, context, namespace, certificateSecret } = settings;
  let key: string | undefined;
  const secrets = (): readonly string[] => (key === undefined ? [] : [key]);
  const log = createLog({ level: settings.logLevel, name: 'quayside-webhook', secrets });
  logCrashes(log);
  const shutdown = onShutdown({ log, deadline: settings.drain + 20 });
  const metrics = createMetrics({ version });
  const client = await kubeClient({
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    userAgent: 'quayside-webhook',
    onCall: ({ verb, resource, status }) => metrics.kubeRequestsTotal.inc({ verb, resource, code: String(status) }),
  });
  const hear = {
    onRestart: ({ resource, reason, message, wait }: Restart): void => {
      metrics.watchRestartsTotal.inc({ resource, reason });
      // A cluster that never had the predecessor is asked for its kind again and again.
      if (wait > 0) log[reason === 'absent' ? 'debug' : 'warn']({ resource, reason, wait }, message);
    },
    onFault: ({ resource, key: object, error }: HandlerFault): void =>
      log.error({ resource, object, err: error }, 'reading an object failed'),
  };

  const cluster = createClusterState(client, hear);
  const certificates = watchCertificate(
    client,
    { namespace, name: certificateSecret },
    { ...hear, onFaultChange: (fault) => fault !== undefined && log.warn(fault) },
  );
  certificates.onChange((certificate) => {
    key = certificate.key;
    const expiry = certificate.notAfter.getTime() / 1000;
    metrics.certificateExpiryTimestampSeconds.set({ certificate: 'serving' }, expiry);
    log.info({ notAfter: certificate.notAfter }, 'certificate reloaded');
  });
  const news = createNews();
  cluster.onChange(news.tell);
  metrics.beforeScrape(() => {
    for (const [resource, age] of cluster.ages()) metrics.cacheAgeSeconds.set({ resource }, age);
  });
  let listening = false;
  const ready = (): string | undefined =>
    unready({
      cluster,
      certificates,
      listening: () => listening,
      ending: () => shutdown.signal.aborted,
      now: Date.now,
    });
  const closing: (() => Promise<unknown>)[] = [() => client.close(), () => certificates.stop(), () => cluster.stop()];
  try {
    const health = { live: () => undefined, ready };
    const operations = await startOperations({ listen: settings.listen, metrics, health, log });
    closing.push(() => operations.close());
    cluster.start();
    certificates.start();
    const server = await startAdmissionServer({
      address: parseListenAddress(settings.port),
      certificates,
      review: createReviewer({
        situation: cluster.situation,
        news,
        onDecision: reportDecisions(log, metrics),
      }),
      onFault: (error) => log.error({ err: error }, 'deciding a review failed'),
    });
    closing.push(() => server.close());
    listening = true;
    log.info({ port: operations.port, webhookPort: server.port, instance: settings.instance }, 'listening');
    await aborted(shutdown.signal);
    // Whoever follows the readiness has to notice before the door is shut.
    server.drain();
    await sleep(settings.drain * 1_000);
  } finally {
    for (const close of closing.reverse()) await close();
    shutdown.done();
  }
  log.info('ended');
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
