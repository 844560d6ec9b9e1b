import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHTTPS } from 'node:https';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, createServer as createTCP, type Server, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import { connectQuay, type Quay, type QuayConnection } from '../../src/quay/index.js';

export interface Loopback {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves on a free port, and cuts every connection when closed. */
async function listen(server: Server, scheme: string, host = '127.0.0.1'): Promise<Loopback> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  };
  server.on('connection', keep);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate that signs itself, for a name or an address. */
export async function certificateFor(name: string, validFrom = new Date(Date.now() - 3_600_000)): Promise<Certificate> {
  const isAddress = /^[\d.]+$/.test(name);
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    notBeforeDate: validFrom,
    notAfterDate: new Date(validFrom.getTime() + 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [isAddress ? { type: 7, ip: name } : { type: 2, value: name }] },
    ],
  });
  return { key: made.private, cert: made.cert };
}

export const serveHTTP = (handler: RequestListener): Promise<Loopback> => listen(createServer(handler), 'http');

export const serveHTTPS = (certificate: Certificate, handler: RequestListener): Promise<Loopback> =>
  listen(createHTTPS(certificate, handler), 'https');

export const serveHTTP2 = (certificate: Certificate, handler: RequestListener): Promise<Loopback> =>
  listen(
    createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) =>
      handler(request as unknown as IncomingMessage, response as unknown as ServerResponse & { req: IncomingMessage }),
    ),
    'https',
  );

export const serveTCP = (handler: (socket: Socket) => void): Promise<Loopback> => listen(createTCP(handler), 'http');

/** An answer as a fake Quay gives it, one for each call; the last one stays. */
export type Scripted = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Cuts the connection instead. */
  readonly cut?: boolean;
};

/** Plays answers in order and remembers what was asked. */
export function script(...answers: readonly Scripted[]): {
  readonly handler: RequestListener;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const handler: RequestListener = (request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${request.method} ${request.url}`);
    if (answer === undefined || answer.cut) {
      request.socket.destroy();
      return;
    }
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(text);
  };
  return { handler, asked };
}

export const user: Scripted = { status: 200, body: { username: 'admin', organizations: [] } };

export interface Client {
  readonly quay: Quay;
  readonly waits: number[];
}

/** A client that records its pauses instead of waiting. */
export function clientOf(url: string, more: Partial<QuayConnection> = {}): Client {
  const waits: number[] = [];
  const quay = connectQuay({
    url,
    token: () => 'token-of-the-test',
    delay: async (milliseconds) => {
      waits.push(milliseconds);
    },
    random: () => 1,
    ...more,
  });
  return { quay, waits };
}
