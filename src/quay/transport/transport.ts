import { setTimeout as wait } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Dispatcher } from 'undici';
import { TerminalError } from '../../errors/index.js';
import { exchange, type Exchange } from '../../http/index.js';
import type { QuayConnection } from '../connection.js';
import type { Call, RawAnswer, Send } from './call.js';
import { quayOrigin } from './origin.js';
import { callsInFlight, quayPool } from './pool.js';
import { retrying } from './retry.js';
import { throttled } from './throttle.js';

/** Calls made since the start, repetitions included. */
export interface Counts {
  reads: number;
  writes: number;
}

/** The transport to one Quay. */
export interface Transport {
  readonly origin: string;
  readonly send: Send;
  readonly counts: Counts;
  readonly close: () => Promise<void>;
}

/** Builds the layers from the wire up: exchange, count, in flight, pace, retry. */
export function openTransport(connection: QuayConnection): Transport {
  const origin = quayOrigin(connection.url);
  const { pool, speaksHTTP2 } = quayPool(origin, connection);
  const delay = connection.delay ?? ((milliseconds: number) => wait(milliseconds));
  const now = connection.now ?? (() => performance.now());
  const random = connection.random ?? Math.random;
  const counts: Counts = { reads: 0, writes: 0 };
  const wire = onTheWire(pool, origin, connection);
  const counted = counting(counts, connection, now, wire);
  const inFlight = new PQueue({ concurrency: callsInFlight });
  const paced = throttled({ callsPerSecond: connection.callsPerSecond, speaksHTTP2, delay, now }, (call) =>
    inFlight.add(() => counted(call), { priority: call.background === true ? 0 : 1 }),
  );
  return {
    origin,
    counts,
    send: retrying({ origin, proxy: connection.proxy, delay, random, now }, paced),
    close: () => pool.destroy(),
  };
}

function onTheWire(pool: Dispatcher, origin: string, connection: QuayConnection): Send {
  const { userAgent = 'quayside', timeouts = {} } = connection;
  const authorization = authorizationOf(connection);
  return async (call) => {
    const headers: Record<string, string> = { accept: 'application/json', 'user-agent': userAgent };
    // What answers to anybody need not learn who asks.
    if (call.scope !== undefined) headers.authorization = authorization();
    // Quay answers 415 to an empty body without this type, even where it wants none.
    const body = call.method === 'GET' || call.method === 'DELETE' ? undefined : JSON.stringify(call.body ?? {});
    if (body !== undefined) headers['content-type'] = 'application/json';
    const { method, path } = call;
    const options = {
      origin,
      method,
      path,
      headers,
      body,
      ...(call.slow ? { headersTimeout: timeouts.deletion ?? 120_000 } : {}),
    };
    return rawAnswer(await exchange(pool, options));
  };
}

/** The header for the token of now, which hardly ever changes. */
function authorizationOf({ token }: QuayConnection): () => string {
  let last: { readonly token: string; readonly header: string } | undefined;
  return () => {
    const current = token();
    if (last?.token !== current) last = { token: current, header: `Bearer ${presentable(current)}` };
    return last.header;
  };
}

/** A token as a header may carry it; one that cannot be sent is never shown. */
function presentable(token: string): string {
  const trimmed = token.trim();
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  throw new TerminalError('TokenRejected', 'the token for Quay is empty, or holds characters that no token has', {
    hint: 'Check the Secret that credentialsSecret names.',
  });
}

function rawAnswer({ status, headers, text }: Exchange): RawAnswer {
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return {
    status,
    text,
    contentType: header('content-type') ?? '',
    location: header('location'),
    retryAfter: header('retry-after'),
    date: header('date'),
    repeated: false,
  };
}

function counting(counts: Counts, { onCall }: QuayConnection, now: () => number, send: Send): Send {
  return async (call: Call) => {
    if (call.method === 'GET') counts.reads += 1;
    else counts.writes += 1;
    if (onCall === undefined) return send(call);
    const start = now();
    const finish = (status: number): void =>
      onCall({ method: call.method, route: call.route, status, milliseconds: now() - start });
    try {
      const answer = await send(call);
      finish(answer.status);
      return answer;
    } catch (error) {
      finish(0);
      throw error;
    }
  };
}
