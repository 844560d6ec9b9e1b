import { TLSSocket } from 'node:tls';
import { buildConnector, Pool } from 'undici';
import { limits } from '../../limits/index.js';
import type { QuayConnection } from '../connection.js';
import { certificatesIn, trustContext } from './trust.js';

/** How many calls are on their way at once, over HTTP/1.1 and HTTP/2 alike. */
export const callsInFlight = 8;

/** The connections to one Quay, and whether the newest speaks HTTP/2. */
export interface QuayPool {
  readonly pool: Pool;
  readonly speaksHTTP2: () => boolean;
}

/** Opens a pool that verifies TLS and prefers HTTP/2; nothing is connected before the first call. */
export function quayPool(origin: string, connection: QuayConnection): QuayPool {
  const { timeouts = {} } = connection;
  const connector = lazyConnector(connection, timeouts.connect ?? 10_000);
  let http2 = false;
  const pool = new Pool(origin, {
    connections: callsInFlight,
    allowH2: true,
    headersTimeout: timeouts.headers ?? limits.quayHead * 1_000,
    bodyTimeout: timeouts.body ?? limits.quayBody * 1_000,
    maxResponseSize: limits.quayAnswer,
    connect: (options, callback) => {
      connector()(options, (...result) => {
        const [, socket] = result;
        http2 = socket instanceof TLSSocket && socket.alpnProtocol === 'h2';
        callback(...result);
      });
    },
  });
  return { pool, speaksHTTP2: () => http2 };
}

/** Reading the system's certificates takes a tenth of a second: not before somebody connects. */
function lazyConnector({ url, ca, insecure = false }: QuayConnection, timeout: number): () => buildConnector.connector {
  const certificates = ca === undefined || ca.trim() === '' ? [] : certificatesIn(ca);
  const verified = url.startsWith('https:') && !insecure;
  let connector: buildConnector.connector | undefined;
  return () =>
    (connector ??= buildConnector({
      allowH2: true,
      preferH2: true,
      timeout,
      rejectUnauthorized: !insecure,
      ...(verified ? { secureContext: trustContext(certificates) } : {}),
    }));
}
