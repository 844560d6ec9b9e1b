import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Asked, Fault, StandIn } from '@quayside/simulator/forge';

/** What is between us and a real forge: it counts what we ask, and can answer instead or cut the connection. */
export interface Front extends Pick<StandIn, 'calls' | 'pushes'> {
  readonly origin: string;
  fault: Fault | undefined;
  close(): Promise<void>;
}

const prefix = '/api/v1';

export async function startFront(target: string): Promise<Front> {
  let pushes = 0;
  const calls: Front['calls'] = [];
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => request.socket.destroy());
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bytesOf(request);
    const asked = askedOf(request, body);
    const isCall = (request.url ?? '').startsWith(prefix);
    if (/^POST .*\/git-receive-pack$/.test(`${asked.method} ${asked.path}`)) pushes += 1;
    const fault = front.fault?.(asked);
    if (isCall && fault !== undefined && fault !== 'cut') {
      calls.push({ call: `${asked.method} ${asked.path}`, status: fault.status });
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(fault.text ?? JSON.stringify(fault.body));
      return;
    }
    const answer = await forward(target, request, body);
    if (isCall) calls.push({ call: `${asked.method} ${asked.path}`, status: answer.statusCode ?? 0 });
    const text = await bytesOf(answer);
    if (fault === 'cut') request.socket.destroy();
    else response.writeHead(answer.statusCode ?? 502, answer.headers).end(text);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: Front = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    pushes: () => pushes,
    fault: undefined,
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
  return front;
}

function askedOf({ method = '', url = '/', headers }: IncomingMessage, body: Buffer): Asked {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const isCall = pathname.startsWith(prefix);
  const json = isCall && body.length > 0 ? (JSON.parse(body.toString()) as Asked['body']) : {};
  const path = isCall ? pathname.slice(prefix.length) : pathname;
  return { method, path, query: searchParams, body: json, headers };
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function forward(target: string, { method, url = '/', headers }: IncomingMessage, body: Buffer) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const { 'transfer-encoding': _, ...others } = headers;
    const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
    ask(new URL(url, target), { method, headers: { ...others, ...length }, agent: false }, resolve)
      .on('error', reject)
      .end(body);
  });
}
