import type { IncomingMessage } from 'node:http';
import type { ProxiedRequest } from './match.js';

/** What somebody answers. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** Serves a request in place of the API server; undefined for those that go on to it. Its body is read by what comes back. */
export type Serve = (
  described: ProxiedRequest,
  request: Pick<IncomingMessage, 'method' | 'headers'>,
) => ((request: IncomingMessage) => Promise<Reply>) | undefined;
