import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { request as send, type Agent } from 'node:https';
import type { Fault } from './fault.js';
import type { ProxiedRequest } from './match.js';

/** One request on its way through the proxy. */
export interface Exchange {
  readonly request: ProxiedRequest;
  readonly cut: () => void;
  readonly freeze: () => void;
}

export interface Upstream {
  readonly url: string;
  readonly ca: string;
  readonly agent: Agent;
}

export interface Incoming {
  readonly described: ProxiedRequest;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Passes a request on and its answer back, with the fault that lies on it. */
export function forward(upstream: Upstream, incoming: Incoming, fault?: Fault): Exchange {
  const { request, response } = incoming;
  const cut = (): void => void response.socket?.destroy();
  let frozen = false;
  const exchange = { request: incoming.described, cut, freeze: (): void => void (frozen = true) };
  if (fault?.kind === 'cut' && fault.at === 'before') cut();
  if (fault?.kind === 'freeze' && fault.at === 'before') exchange.freeze();
  if (response.socket?.destroyed !== false || frozen) return exchange;

  const { url, ca, agent } = upstream;
  const call = send(new URL(request.url ?? '/', url), {
    method: request.method,
    headers: endToEnd(request.headers),
    ca,
    agent,
  });
  call.once('error', () => frozen || cut());
  response.once('close', () => call.destroy());
  request.pipe(call);

  call.once('response', (answer) => {
    const lost = fault?.kind === 'cut' && fault.at === 'after';
    answer.once('error', () => frozen || cut());
    answer.once('end', () => {
      if (lost) cut();
      else if (!frozen) response.end();
    });
    if (lost) return void answer.resume();
    if (frozen) return void answer.resume();
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    response.flushHeaders();
    if (fault?.kind === 'freeze') exchange.freeze();
    answer.on('data', (chunk: Buffer) => {
      if (frozen) return;
      if (fault?.kind === 'cut') {
        frozen = true;
        return void response.write(chunk.subarray(0, chunk.length / 2), cut);
      }
      if (!response.write(chunk)) {
        answer.pause();
        response.once('drain', () => answer.resume());
      }
    });
  });
  return exchange;
}

/** The headers without those that speak of one connection only. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...rest } = headers;
  return rest;
}
