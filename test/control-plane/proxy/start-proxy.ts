import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../connection.js';
import { answerInstead, answerWith } from './answer.js';
import { forward, type Exchange } from './exchange.js';
import type { FaultProxy } from './fault-proxy.js';
import { createFaultList } from './fault.js';
import { describeRequest, matches, type ProxiedRequest, type RequestMatch } from './match.js';
import type { Serve } from './serve.js';

/** Starts an HTTPS proxy in front of the API server, on a port of its own; what it serves itself, the API server does not get. */
export async function startFaultProxy(
  connection: Connection,
  serve?: Serve,
): Promise<Omit<FaultProxy, 'kubeconfig' | 'kubeconfigFor'>> {
  const agent = new Agent({ keepAlive: true });
  const upstream = { url: connection.url, ca: connection.ca, agent };
  const faults = createFaultList();
  const requests: ProxiedRequest[] = [];
  const open = new Set<Exchange>();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const described = describeRequest(request.method ?? '', request.url ?? '/', request.headers['user-agent'] ?? '');
    requests.push(described);
    const fault = faults.strike(described);
    if (fault?.kind === 'answer') {
      request.resume();
      return answerWith(response, fault);
    }
    if (fault?.kind === 'delay') await sleep(fault.milliseconds);
    if (fault?.kind === 'hold') await fault.until.catch(() => undefined);
    if (response.closed) return;
    const working = serve?.(described, request);
    if (working !== undefined) return answerInstead(response, () => working(request), fault);
    const exchange = forward(upstream, { described, request, response }, fault);
    open.add(exchange);
    response.once('close', () => open.delete(exchange));
  };
  const onOpen = (match: RequestMatch, act: (exchange: Exchange) => void): number => {
    const meant = [...open].filter((exchange) => matches(match, exchange.request));
    meant.forEach(act);
    return meant.length;
  };

  const [cert, key] = await Promise.all([readFile(connection.serverCertificate), readFile(connection.serverKey)]);
  // As long as the API server itself keeps a connection that is idle: who sends on one that is just being closed gets ECONNRESET.
  const keepAliveTimeout = 90_000;
  const server = createServer({ cert, key, keepAliveTimeout }, (request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    arm: faults.arm,
    clear: faults.clear,
    cut: (match = {}) => onOpen(match, (exchange) => exchange.cut()),
    freeze: (match = {}) => onOpen(match, (exchange) => exchange.freeze()),
    stop: async () => {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}
