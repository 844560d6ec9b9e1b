import { type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { limits } from '../../limits/index.js';
import type { Proxy } from '../../proxy/index.js';
import type { QuayConnection } from '../connection.js';
import { certificatesIn, trustContext } from './trust.js';

/** How many calls are on their way at once, over HTTP/1.1 and HTTP/2 alike. */
export const callsInFlight = 8;

/** The connections to one Quay, and whether the newest speaks HTTP/2. */
export interface QuayPool {
  readonly pool: Dispatcher;
  readonly speaksHTTP2: () => boolean;
}

/** Opens a pool that verifies TLS and prefers HTTP/2, directly or through a proxy; nothing is connected before the first call. */
export function quayPool(origin: string, connection: QuayConnection): QuayPool {
  const { timeouts = {}, proxy } = connection;
  const tls = tlsOf(connection, timeouts.connect ?? 10_000);
  const watched = watchProtocol();
  const options: Pool.Options = {
    connections: callsInFlight,
    allowH2: true,
    headersTimeout: timeouts.headers ?? limits.quayHead * 1_000,
    bodyTimeout: timeouts.body ?? limits.quayBody * 1_000,
    maxResponseSize: limits.quayAnswer,
  };
  const pool =
    proxy === undefined
      ? new Pool(origin, { ...options, connect: watched.over(lazily(() => buildConnector(tls()))) })
      : tunnelled(proxy, options, { tls, watched });
  return { pool, speaksHTTP2: watched.speaksHTTP2 };
}

interface Tunnel {
  readonly tls: () => buildConnector.BuildOptions;
  readonly watched: ReturnType<typeof watchProtocol>;
}

/** The CA for Quay is for what is behind the proxy; the proxy itself is verified by that of the system. */
function tunnelled({ url }: Proxy, options: Pool.Options, { tls, watched }: Tunnel): ProxyAgent {
  return new ProxyAgent({
    uri: url,
    requestTls: tls(),
    factory: (origin, { connect }: { connect?: unknown }) =>
      new Pool(origin, {
        ...options,
        ...(typeof connect === 'function' && { connect: watched.over(connect as buildConnector.connector) }),
      }),
  });
}

/** Sees which protocol the newest connection speaks. */
function watchProtocol(): {
  readonly over: (connector: buildConnector.connector) => buildConnector.connector;
  readonly speaksHTTP2: () => boolean;
} {
  let http2 = false;
  const note = (socket: Socket | TLSSocket | null): void => {
    http2 = socket instanceof TLSSocket && socket.alpnProtocol === 'h2';
  };
  return {
    over: (connector) => (options, callback) => {
      connector(options, (...result) => {
        note(result[1]);
        callback(...result);
      });
    },
    speaksHTTP2: () => http2,
  };
}

/** Reading the system's certificates takes a tenth of a second: not before somebody connects. */
function lazily(make: () => buildConnector.connector): buildConnector.connector {
  let made: buildConnector.connector | undefined;
  return (...call) => (made ??= make())(...call);
}

function tlsOf({ url, ca, insecure = false }: QuayConnection, timeout: number): () => buildConnector.BuildOptions {
  const certificates = ca === undefined || ca.trim() === '' ? [] : certificatesIn(ca);
  const verified = url.startsWith('https:') && !insecure;
  return () => ({
    allowH2: true,
    preferH2: true,
    timeout,
    rejectUnauthorized: !insecure,
    ...(verified ? { secureContext: trustContext(certificates) } : {}),
  });
}
