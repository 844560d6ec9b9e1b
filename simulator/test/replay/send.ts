import { request as httpRequest } from 'node:http';
import { type Bindings, filledIn } from './bindings.js';
import { type Json, type RecordedRequest } from './scenario.js';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | undefined;
  readonly allow: string | undefined;
  readonly body: string;
  readonly parsed: Json | undefined;
}

const nobodysToken = 'N'.repeat(40);

/** Sends a recorded request, its path untouched. */
export async function send(
  recorded: RecordedRequest,
  bindings: Bindings,
  credentials: Readonly<Record<string, string>>,
  each: string | undefined,
): Promise<Answer> {
  const fill = (text: string): string =>
    filledIn(each === undefined ? text : text.replaceAll('<each>', each), bindings);
  const authorization = authorizationOf(recorded, credentials, fill);
  const body = recorded.rawBody ?? (recorded.body === undefined ? undefined : fill(JSON.stringify(recorded.body)));
  const headers = { ...recorded.headers, ...(authorization !== undefined && { authorization }) };
  const { hostname, port } = new URL(bindings.base);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { hostname, port, method: recorded.method, path: fill(recorded.path), headers },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: incoming.statusCode ?? 0,
            contentType: incoming.headers['content-type'] ?? '',
            location: incoming.headers.location,
            allow: incoming.headers.allow,
            body: text,
            parsed: parsed(text),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function authorizationOf(
  { authorization }: RecordedRequest,
  credentials: Readonly<Record<string, string>>,
  fill: (text: string) => string,
): string | undefined {
  if (authorization === 'none') return undefined;
  if (authorization === 'invalid') return `Bearer ${nobodysToken}`;
  if (typeof authorization === 'string') return `Bearer ${credentials[authorization] ?? ''}`;
  return fill(authorization.header.replace(/\{([\w-]+)\}/g, (_, name: string) => credentials[name] ?? ''));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
