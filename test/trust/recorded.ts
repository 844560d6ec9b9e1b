import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** Answers something else than Quay does to a question about an organization; false where Quay is to answer. */
export type StrangeAnswer = (url: string, response: ServerResponse) => boolean;

/** A host that passes on what it is sent to another one, and remembers it: nothing reaches Quay on another way. */
export interface Recorded {
  readonly url: string;
  /** All addresses and bodies so far, as one text; headers are left out, since they carry the token. */
  readonly text: () => string;
  /** Every credential that was shown, once each. */
  readonly authorizations: ReadonlySet<string>;
  /** What is asked about these organizations is answered strangely. */
  readonly strange: Map<string, StrangeAnswer>;
  readonly close: () => Promise<void>;
}

export async function recorded(target: string): Promise<Recorded> {
  const seen: string[] = [];
  const authorizations = new Set<string>();
  const strange = new Map<string, StrangeAnswer>();
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const { method = 'GET', url = '/', headers } = request;
      const body = await textOf(request);
      seen.push(`${method} ${url}\n${body}`);
      const { authorization = '', 'content-type': type = 'application/json' } = headers;
      authorizations.add(authorization);
      const other = [...strange].find(([name]) => url.includes(name));
      if (method === 'GET' && other?.[1](url, response) === true) return;
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
    strange,
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
