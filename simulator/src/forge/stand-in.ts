import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type BareRepository, bareRepository } from './bare-repository.js';
import type { Surroundings } from './git-runner.js';
import { startGitServer } from './git-server.js';
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

/** Answers instead of the API; `cut`: does what was asked, and cuts the connection before the answer. A push can only be cut. */
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
  /** The day on which its token ends, such as 2027-01-31. */
  tokenExpires?: string | undefined;
  close(): Promise<void>;
}

/** A field of a body that has to be text. */
export function textAt(body: Asked['body'], key: string): string {
  const value = body[key];
  return typeof value === 'string' ? value : '';
}

export type Api = (asked: Asked, standIn: StandIn) => Said;

export const account = 'quayside-bot';

/** A kind of forge. */
export interface ForgeKind {
  /** `/api/v4`. */
  readonly prefix: string;
  readonly api: Api;
  readonly path?: string;
  /** Whether it closes a request whose branch is forced to a commit of base. @default true */
  readonly closesEmptied?: boolean;
}

/** Starts one. */
export async function startStandIn(surroundings: Surroundings, kind: ForgeKind): Promise<StandIn> {
  const { folder, environment } = surroundings;
  const { prefix, path = 'acme/state', closesEmptied = true } = kind;
  const repository = bareRepository({ folder: join(folder, `${path}.git`), environment });
  const requests = requestStore(repository, { closesEmptied });
  const token = 'canary-forge-token-4711';
  const server = await startGitServer({
    ...{ repository: join(folder, 'any'), environment, token },
    intercept: (request, response) => {
      if (!(request.url ?? '').startsWith(prefix) && !(request.url ?? '').startsWith('/api/')) return false;
      void answer(kind, standIn, request).then((said) => send(said, request, response));
      return true;
    },
    isCut: (request) => isPush(request) && standIn.fault?.(pushOf(request)) === 'cut',
  });
  const { origin } = new URL(server.url);
  const standIn: StandIn = {
    gitUrl: `${origin}/${path}.git`,
    api: `${origin}${prefix}`,
    origin,
    token,
    repository,
    requests,
    calls: [],
    statuses: [],
    pushes: () => server.requests.filter((line) => /^POST .*git-receive-pack/.test(line)).length,
    close: () => server.close(),
  };
  return standIn;
}

function isPush({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && url.endsWith('/git-receive-pack');
}

function pushOf({ url = '', headers }: IncomingMessage): Asked {
  return { method: 'POST', path: url, query: new URLSearchParams(), body: {}, headers };
}

async function answer({ prefix, api }: ForgeKind, standIn: StandIn, request: IncomingMessage): Promise<Said | 'cut'> {
  const asked = await read(request, prefix);
  standIn.requests.follow();
  const fault = standIn.fault?.(asked);
  const said = fault === undefined || fault === 'cut' ? tagged(api(asked, standIn), asked) : fault;
  standIn.calls.push({ call: `${asked.method} ${asked.path}`, status: said.status });
  return fault === 'cut' ? fault : said;
}

function send(said: Said | 'cut', request: IncomingMessage, response: ServerResponse): void {
  if (said === 'cut') {
    request.socket.destroy();
    return;
  }
  const type = said.text === undefined ? 'application/json; charset=utf-8' : 'text/html';
  response.writeHead(said.status, { 'content-type': type, ...said.headers });
  response.end(said.status === 204 || said.status === 304 ? undefined : (said.text ?? JSON.stringify(said.body)));
}

/** Whoever knows the answer already is told so. */
function tagged(said: Said, { method, headers }: Asked): Said {
  if (method !== 'GET' || said.status !== 200) return said;
  const etag = `W/"${createHash('sha256').update(JSON.stringify(said.body)).digest('hex')}"`;
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
