import { type IncomingMessage, type ServerResponse } from 'node:http';
import { admissionPath } from '../api/index.js';

/** What a body may have: more than twice what the API server's own store takes. */
export const longestBody = 3 * 1024 * 1024;

/** An answer that is no review. */
export interface Refusal {
  readonly status: number;
  readonly words: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request will not be read, by its first lines. */
export function refusalOf({ method, url = '', headers }: IncomingMessage): Refusal | undefined {
  const [path] = url.split('?');
  if (path !== admissionPath) return { status: 404, words: `there is only ${admissionPath}` };
  if (method !== 'POST') return { status: 405, words: 'reviews are posted', headers: { allow: 'POST' } };
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) return { status: 415, words: 'reviews are application/json' };
  if (Number(headers['content-length'] ?? 0) > longestBody) return tooLong;
  return undefined;
}

const tooLong: Refusal = { status: 413, words: `a review has at most ${longestBody} bytes` };

/** Reads the body to its end, or until it is too long. Calls nothing when the client goes before. */
export function readBody(
  request: IncomingMessage,
  onEnd: (body: string) => void,
  onRefusal: (refusal: Refusal) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > longestBody) chunks.length = 0;
    else chunks.push(chunk);
  });
  request.once('end', () => {
    if (length > longestBody) return onRefusal(tooLong);
    const [only, ...more] = chunks;
    onEnd(more.length === 0 ? (only?.toString('utf8') ?? '') : Buffer.concat(chunks).toString('utf8'));
  });
}

/** Sends an answer; a client that has gone does not get it. */
export function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...headers, 'content-length': length });
  // Nearly all are plain ASCII, which need not be turned into UTF-8.
  response.end(body, length === body.length ? 'latin1' : 'utf8');
}
