import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { startGitServer } from '../../git/http-server.js';
import { temporaryFolder } from '../../support/temporary.js';
import { type BareRepository, bareRepository } from './bare-repository.js';
import { requestStore, type RequestStore } from './requests.js';

/** What an API is asked. */
export interface Asked {
  readonly method: string;
  /** Without the prefix of the API, decoded where the route needs it. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
}

export interface Said {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** As it is, and not as JSON. */
  readonly text?: string;
}

/** Answers instead of the API; `cut`: does what was asked, and cuts the connection before the answer. */
export type Fault = (asked: Asked) => Said | 'cut' | undefined;

/** A forge on loopback: its Git server over one bare repository, and its API. */
export interface StandIn {
  readonly gitUrl: string;
  readonly api: string;
  readonly origin: string;
  readonly token: string;
  readonly repository: BareRepository;
  readonly requests: RequestStore;
  /** The calls of the API so far, as `METHOD /path`, and what they were answered. */
  readonly calls: { readonly call: string; readonly status: number }[];
  readonly statuses: {
    readonly commit: string;
    readonly state: string;
    readonly context: string;
    readonly description: string;
  }[];
  /** The pushes that reached the repository. */
  pushes(): number;
  fault?: Fault | undefined;
  close(): Promise<void>;
}

/** A field of a body that has to be text. */
export function textAt(body: Asked['body'], key: string): string {
  const value = body[key];
  return typeof value === 'string' ? value : '';
}

export type Api = (asked: Asked, standIn: StandIn) => Said;

export const account = 'quayside-bot';

interface StandInOptions {
  /** `/api/v4`. */
  readonly prefix: string;
  readonly api: Api;
  readonly path?: string;
}

/** Starts one. */
export async function startStandIn({ prefix, api, path = 'acme/state' }: StandInOptions): Promise<StandIn> {
  const folder = await temporaryFolder();
  const repository = bareRepository(join(folder, `${path}.git`));
  const requests = requestStore(repository);
  const token = 'canary-forge-token-4711';
  const calls: StandIn['calls'] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await read(request, prefix);
    requests.follow();
    const fault = standIn.fault?.(asked);
    const said = fault === undefined || fault === 'cut' ? tagged(api(asked, standIn), asked) : fault;
    calls.push({ call: `${asked.method} ${asked.path}`, status: said.status });
    if (fault === 'cut') {
      request.socket.destroy();
      return;
    }
    const type = said.text === undefined ? 'application/json; charset=utf-8' : 'text/html';
    response.writeHead(said.status, { 'content-type': type, ...said.headers });
    response.end(said.status === 204 || said.status === 304 ? undefined : (said.text ?? JSON.stringify(said.body)));
  };
  const server = await startGitServer({
    repository: join(folder, 'any'),
    token,
    intercept: (request, response) => {
      if (!(request.url ?? '').startsWith(prefix) && !(request.url ?? '').startsWith('/api/')) return false;
      void answer(request, response);
      return true;
    },
  });
  const { origin } = new URL(server.url);
  const standIn: StandIn = {
    gitUrl: `${origin}/${path}.git`,
    api: `${origin}${prefix}`,
    origin,
    token,
    repository,
    requests,
    calls,
    statuses: [],
    pushes: () => server.requests.filter((line) => /^POST .*git-receive-pack/.test(line)).length,
    close: () => server.close(),
  };
  return standIn;
}

/** Whoever knows the answer already is told so. */
function tagged(said: Said, { method, headers }: Asked): Said {
  if (method !== 'GET' || said.status !== 200) return said;
  const etag = `W/"${Buffer.from(JSON.stringify(said.body)).toString('base64').slice(-40)}${JSON.stringify(said.body).length}"`;
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  return { ...said, headers: { ...said.headers, etag } };
}

async function read(request: IncomingMessage, prefix: string): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : url.pathname;
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { method: request.method ?? '', path, query: url.searchParams, body, headers: request.headers };
}
