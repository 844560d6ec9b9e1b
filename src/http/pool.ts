import { type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { Proxy } from '../proxy/index.js';
import { trustContext } from './trust.js';

/** How to reach one server. */
export interface PoolOptions {
  /** How many requests are on their way at once, over HTTP/1.1 and HTTP/2 alike. */
  readonly connections: number;
  /** The way to it; absent: directly. */
  readonly proxy?: Proxy | undefined;
  /** PEM certificates that are trusted beside those of the system. */
  readonly certificates?: readonly string[];
  /** Skips the verification of its certificate. @default false */
  readonly insecure?: boolean;
  /** Bytes of an answer. */
  readonly mostBytes: number;
  /** Milliseconds until connected, until the headers of an answer, and between two pieces of its body. */
  readonly timeouts: { readonly connect: number; readonly headers: number; readonly body: number };
}

/** The connections to one server, and whether the newest speaks HTTP/2. */
export interface ServerPool {
  readonly pool: Dispatcher;
  readonly speaksHTTP2: () => boolean;
}

/** Opens a pool that verifies TLS and prefers HTTP/2, directly or through a proxy; nothing is connected before the first call. */
export function openPool(origin: string, settings: PoolOptions): ServerPool {
  const { timeouts, proxy, connections, mostBytes } = settings;
  const tls = tlsOf(origin, settings);
  const watched = watchProtocol();
  const options: Pool.Options = {
    connections,
    allowH2: true,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    maxResponseSize: mostBytes,
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

/** The given CA is for what is behind the proxy; the proxy itself is verified by those of the system. */
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

function tlsOf(
  origin: string,
  { certificates = [], insecure = false, timeouts }: PoolOptions,
): () => buildConnector.BuildOptions {
  const verified = origin.startsWith('https:') && !insecure;
  return () => ({
    allowH2: true,
    preferH2: true,
    timeout: timeouts.connect,
    rejectUnauthorized: !insecure,
    ...(verified ? { secureContext: trustContext(certificates) } : {}),
  });
}
