import { createServer, type ServerResponse } from 'node:http';
import { fieldManager, lookAgainAnnotation } from '../../api/index.js';
import { receive } from '../../hooks/index.js';
import { annotate } from '../../json/index.js';
import { type KubeClient, patchGuarded, resourceTypes } from '../../kube/index.js';
import { limits } from '../../limits/index.js';
import {
  createBodies,
  limitConnections,
  listen,
  type Log,
  type Metrics,
  parseListenAddress,
} from '../../process/index.js';
import { type Settings } from '../settings.js';
import { hookTargets } from './targets.js';

interface Parts {
  readonly client: KubeClient;
  readonly settings: Pick<Settings, 'hooks' | 'namespace' | 'configuration'>;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'webhookDeliveriesTotal'>;
}

/** The server that receives. */
interface Receiving {
  /** Where it listens; absent where nothing does. */
  readonly port?: number;
  readonly close: () => Promise<void>;
}

/** Deliveries that come close together ask for one look. */
const together = 2_000;

/**
 * Receives the webhooks of forges at `/hooks/<integration>`, whether or not this process leads: a delivery only puts an annotation
 * on the integration, which the leader sees.
 */
export async function receiveHooks({ client, settings, log, metrics }: Parts): Promise<Receiving> {
  if (settings.hooks === undefined) return { close: () => Promise.resolve() };
  const { namespace, configuration } = settings;
  const pending = new Map<string, NodeJS.Timeout>();
  const target = hookTargets({ client, namespace, environment: configuration.environment });
  const look = (name: string): void => {
    pending.delete(name);
    const value = new Date().toISOString();
    patchGuarded(client, {
      type: resourceTypes.quayIntegration,
      named: { name },
      manager: fieldManager,
      steps: (live) => annotate(live, { [lookAgainAnnotation]: value }),
    }).catch((error: unknown) => log.warn({ err: error, integration: name }, 'a delivery was not passed on'));
  };
  const bodies = createBodies(limits.hooksInFlightBytes);
  const server = createServer((request, response) => {
    receive(
      {
        bodies,
        target,
        trigger: (name) => {
          if (!pending.has(name))
            pending.set(
              name,
              setTimeout(() => look(name), together),
            );
        },
        onDelivery: ({ integration, status, delivery }) => {
          metrics.webhookDeliveriesTotal.inc({ event: delivery?.event ?? 'none', code: String(status) });
          const { event, id, repository } = delivery ?? {};
          log.debug({ integration, status, event, id, repository }, 'received a delivery');
        },
      },
      request,
    ).then(
      ({ status, text }) => end(response, status, text),
      () => end(response, 500, 'failed'),
    );
  });
  limitConnections(server, limits.hookConnections);
  server.headersTimeout = limits.requestHead * 1_000;
  server.requestTimeout = limits.request * 1_000;
  const port = await listen(server, parseListenAddress(settings.hooks));
  log.info({ port }, 'receiving webhooks');
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        for (const timer of pending.values()) clearTimeout(timer);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function end(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${text}\n`);
}
