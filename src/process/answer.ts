import { type ServerResponse } from 'node:http';

/** What is answered to one request. */
export interface Page {
  readonly status: number;
  readonly text: string;
  /** @default - plain text */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to somebody who does not read. */
export const wrongMethod: Page = {
  status: 405,
  text: 'This can only be read: use GET or HEAD.',
  headers: { Allow: 'GET, HEAD' },
};

/** The answer where nothing is, with what there is. */
export function notFound(paths: readonly string[]): Page {
  return { status: 404, text: `Nothing is here. There are ${paths.join(', ')}.` };
}

/** `ok`, or why not. */
export function healthPage(reason: string | undefined): Page {
  return reason === undefined ? { status: 200, text: 'ok' } : { status: 503, text: reason };
}

/** Sends a page; a HEAD gets the same without the text, as Node sees to. */
export function answer(response: ServerResponse, { status, text, type, headers }: Page): void {
  const body = text.endsWith('\n') ? text : `${text}\n`;
  response.writeHead(status, {
    'Content-Type': type ?? 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
