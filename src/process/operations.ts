import { createServer, type Server } from 'node:http';
import { limits } from '../limits/index.js';
import { answer, notFound, type Page, healthPage, wrongMethod } from './answer.js';
import { limitConnections } from './limit-connections.js';
import { listen } from './listen.js';
import { parseListenAddress } from './listen-address.js';
import { type Log } from './log/log.js';
import { type Metrics } from './metrics/metrics.js';

/** Health of a process: undefined when healthy, else the reason, which is public. */
export interface Health {
  /** Why it should be ended and started again. */
  readonly live: () => string | undefined;
  /** Why it should get no work. */
  readonly ready: () => string | undefined;
}

/** What the server for metrics and health is made of. */
export interface OperationsOptions {
  /** `[host:]port` */
  readonly listen: string;
  readonly metrics: Pick<Metrics, 'registry' | 'render'>;
  readonly health: Health;
  readonly log: Pick<Log, 'error'>;
}

/** The server for metrics and health, while it runs. */
export interface Operations {
  readonly port: number;
  readonly close: () => Promise<void>;
}

// Whoever asks has this long to finish when the server closes.
const grace = 1_000;

/** Serves `/metrics`, `/livez` and `/readyz`. */
export async function startOperations({ metrics, health, log, ...options }: OperationsOptions): Promise<Operations> {
  const pages = new Map<string, () => Page | Promise<Page>>([
    ['/livez', () => healthPage(health.live())],
    ['/readyz', () => healthPage(health.ready())],
    ['/metrics', async () => ({ status: 200, text: await metrics.render(), type: metrics.registry.contentType })],
  ]);
  const pageOf = async (method: string | undefined, path: string): Promise<Page> => {
    const page = pages.get(path);
    if (page === undefined) return notFound([...pages.keys()]);
    if (method !== 'GET' && method !== 'HEAD') return wrongMethod;
    try {
      return await page();
    } catch (error) {
      log.error({ err: error, path }, 'serving a page failed');
      return { status: 500, text: 'The check failed; see the log.' };
    }
  };
  const server = createServer({
    requestTimeout: limits.request * 1_000,
    headersTimeout: limits.requestHead * 1_000,
    connectionsCheckingInterval: 1_000,
  });
  limitConnections(server, limits.operationsConnections);
  server.on('request', (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    void pageOf(request.method, path).then((page) => answer(response, page));
  });
  const port = await listen(server, parseListenAddress(options.listen));
  return { port, close: () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cut = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearTimeout(cut);
}
