import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Reply = readonly [status: number, body: unknown];
export type Routes = (path: string, query: URLSearchParams, request: IncomingMessage) => Reply | undefined;

export interface FakeApiServer {
  readonly url: string;
  readonly kubeconfig: string;
  readonly requests: {
    readonly path: string;
    readonly accept: string;
    readonly authorization: string;
    readonly port: number;
    /** As sent, one after the other. */
    readonly headers: readonly string[];
  }[];
  close(): Promise<void>;
}

export const notFound: Reply = [404, { kind: 'Status', status: 'Failure', reason: 'NotFound', message: 'not found' }];
export const forbidden = (what: string): Reply => [
  403,
  { kind: 'Status', status: 'Failure', reason: 'Forbidden', message: `forbidden: User "dev" cannot ${what}` },
];

/** A server of a few routes of the Kubernetes API over plain HTTP, and a kubeconfig that leads to it. */
export async function fakeApiServer(routes: Routes): Promise<FakeApiServer> {
  const requests: FakeApiServer['requests'] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
    const { accept = '', authorization = '' } = request.headers;
    const { rawHeaders: headers, socket } = request;
    requests.push({ path: request.url ?? '', accept, authorization, port: socket.remotePort ?? 0, headers });
    const [status, body] = routes(pathname, searchParams, request) ?? [404, '404 page not found'];
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), 'quayside-live-'));
  const kubeconfig = join(folder, 'config');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [
      { name: 'u', user: { token: 'live-token' } },
      { name: 'v', user: { token: 'other-token' } },
    ],
    contexts: [
      { name: 'first', context: { cluster: 'c', user: 'u' } },
      { name: 'second', context: { cluster: 'c', user: 'v' } },
    ],
    'current-context': 'first',
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  return {
    url,
    kubeconfig,
    requests,
    async close() {
      rmSync(folder, { recursive: true, force: true });
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
