import { setTimeout as sleep } from 'node:timers/promises';
import { watchCertificate, type WatchedCertificate } from '../certs/index.js';
import { type HandlerFault, kubeClient, type KubeClient, type Restart } from '../kube/index.js';
import {
  createLog,
  createMetrics,
  type Log,
  logCrashes,
  type Metrics,
  onShutdown,
  parseListenAddress,
  startOperations,
} from '../process/index.js';
import { type ClusterState, createClusterState } from './cluster-state.js';
import { createNews } from './news.js';
import { unready } from './readiness.js';
import { createReviewer } from './reviewer.js';
import { startAdmissionServer } from './server.js';
import { type WebhookSettings } from './settings.js';
import { reportDecisions } from './report-decisions.js';

/** Runs the webhook until the process is asked to end. */
export async function runWebhook(settings: WebhookSettings, version: string): Promise<void> {
  const { namespace, certificateSecret } = settings;
  let key: string | undefined;
  const secrets = (): readonly string[] => (key === undefined ? [] : [key]);
  const log = createLog({ level: settings.logLevel, name: 'quayside-webhook', secrets });
  logCrashes(log);
  const shutdown = onShutdown({ log, deadline: settings.drain + 20 });
  const metrics = createMetrics({ version });
  const client = await connect(settings, metrics);
  const reports = watchReports(log, metrics);
  const cluster = createClusterState(client, reports);
  const certificates = watchCertificate(
    client,
    { namespace, name: certificateSecret },
    { ...reports, onFaultChange: (fault) => fault !== undefined && log.warn(fault) },
  );
  certificates.onChange((certificate) => {
    key = certificate.key;
    const expiry = certificate.notAfter.getTime() / 1000;
    metrics.certificateExpiryTimestampSeconds.set({ certificate: 'serving' }, expiry);
    log.info({ notAfter: certificate.notAfter }, 'certificate reloaded');
  });
  const closing: Closing = [() => client.close(), () => certificates.stop(), () => cluster.stop()];
  try {
    await serve({ settings, log, metrics, cluster, certificates, signal: shutdown.signal, closing });
  } finally {
    for (const close of closing.reverse()) await close();
    shutdown.done();
  }
  log.info('ended');
}

async function connect({ kubeconfig, context, environment }: WebhookSettings, metrics: Metrics): Promise<KubeClient> {
  return kubeClient({
    environment,
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    userAgent: 'quayside-webhook',
    onCall: ({ verb, resource, status }) => metrics.kubeRequestsTotal.inc({ verb, resource, code: String(status) }),
  });
}

interface WatchReports {
  readonly onRestart: (restart: Restart) => void;
  readonly onFault: (fault: HandlerFault) => void;
}

function watchReports(log: Log, metrics: Metrics): WatchReports {
  return {
    onRestart: ({ resource, reason, message, wait }) => {
      metrics.watchRestartsTotal.inc({ resource, reason });
      // A cluster that never had the predecessor is asked for its kind again and again.
      if (wait > 0) log[reason === 'absent' ? 'debug' : 'warn']({ resource, reason, wait }, message);
    },
    onFault: ({ resource, key: object, error }) =>
      log.error({ resource, object, err: error }, 'reading an object failed'),
  };
}

/** What is to be closed in the end, the last first. */
type Closing = (() => Promise<unknown>)[];

interface Parts {
  readonly settings: WebhookSettings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly cluster: ClusterState;
  readonly certificates: WatchedCertificate;
  /** Says that the process is to end. */
  readonly signal: AbortSignal;
  readonly closing: Closing;
}

/** Answers reviews until the signal, and for a little longer. */
async function serve({ settings, log, metrics, cluster, certificates, signal, closing }: Parts): Promise<void> {
  const news = createNews();
  cluster.onChange(news.tell);
  metrics.beforeScrape(() => {
    for (const [resource, age] of cluster.ages()) metrics.cacheAgeSeconds.set({ resource }, age);
  });
  let listening = false;
  const facts = { cluster, certificates, listening: () => listening, ending: () => signal.aborted, now: Date.now };
  const health = { live: () => undefined, ready: () => unready(facts) };
  const operations = await startOperations({ listen: settings.listen, metrics, health, log });
  closing.push(() => operations.close());
  cluster.start();
  certificates.start();
  const server = await startAdmissionServer({
    address: parseListenAddress(settings.port),
    certificates,
    review: createReviewer({ situation: cluster.situation, news, onDecision: reportDecisions(log, metrics) }),
    onFault: (error) => log.error({ err: error }, 'deciding a review failed'),
  });
  closing.push(() => server.close());
  listening = true;
  log.info({ port: operations.port, webhookPort: server.port, instance: settings.instance }, 'listening');
  await aborted(signal);
  // Whoever follows the readiness has to notice before the door is shut.
  server.drain();
  await sleep(settings.drain * 1_000);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
