import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { limits } from '../../src/limits/index.js';

/** A host that passes on what it is sent to another one, and remembers it: nothing reaches Quay on another way. */
export interface Recorded {
  readonly url: string;
  /** All addresses and bodies so far, as one text; headers are left out, since they carry the token. */
  readonly text: () => string;
  /** Every credential that was shown, once each. */
  readonly authorizations: ReadonlySet<string>;
  /** What is asked about these organizations is answered with more than anybody reads. */
  readonly swollen: Set<string>;
  readonly close: () => Promise<void>;
}

export async function recorded(target: string): Promise<Recorded> {
  const seen: string[] = [];
  const authorizations = new Set<string>();
  const swollen = new Set<string>();
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const { method = 'GET', url = '/', headers } = request;
      const body = await textOf(request);
      seen.push(`${method} ${url}\n${body}`);
      const { authorization = '', 'content-type': type = 'application/json' } = headers;
      authorizations.add(authorization);
      if (method === 'GET' && [...swollen].some((name) => url.includes(name))) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(`{"x":"${'x'.repeat(limits.quayAnswer)}"}`);
        return;
      }
      const answer = await fetch(`${target}${url}`, {
        method,
        headers: { authorization, 'content-type': type },
        ...(body !== '' && { body }),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
      response.end(await answer.text());
    };
    pass().catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    text: () => seen.join('\n'),
    authorizations,
    swollen,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
