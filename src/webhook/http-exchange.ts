import { type IncomingMessage, type ServerResponse } from 'node:http';
import { admissionPath } from '../api/index.js';
import { limits } from '../limits/index.js';
import { type BodyRefusal } from '../process/index.js';

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
  if (Number(headers['content-length'] ?? 0) > limits.reviewBytes) return tooLong;
  return undefined;
}

/** More than twice what the API server's own store takes. */
const tooLong: Refusal = { status: 413, words: `a review has at most ${limits.reviewBytes} bytes` };

/** The answer to a body that was given up. */
export function refusedBody(why: BodyRefusal): Refusal {
  if (why === 'TooLong') return tooLong;
  return {
    status: 503,
    words: 'too many bytes are being received at once',
    headers: { 'retry-after': '1', connection: 'close' },
  };
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
