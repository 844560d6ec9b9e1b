import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type Fields, objectAt, objectOrEmpty, textsOf } from '../../src/json/index.js';
import { createObjects, type Objects } from './objects.js';
import { applied, merged, patched, type Step } from './patches.js';

/**
 * An API server in memory, for what is counted elsewhere: with a thousand namespaces a real one needs minutes. It checks nothing,
 * and keeps no managed fields.
 */
export interface LightApiServer {
  readonly url: string;
  readonly objects: Objects;
  readonly close: () => Promise<void>;
}

interface Served {
  readonly objects: Objects;
  /** The paths of the lists that there are. */
  readonly kinds: ReadonlySet<string>;
  /** What was applied last, by object, part and manager. */
  readonly applied: Map<string, Fields>;
}

/** Starts one that has these kinds, by the paths of their lists. */
export async function startLightApiServer(
  kinds: readonly string[],
  tls: { readonly cert: string; readonly key: string },
): Promise<LightApiServer> {
  const served: Served = { objects: createObjects(), kinds: new Set(kinds), applied: new Map() };
  const server = createServer(tls, (request, response) => {
    answer(served, request, response).catch((error: unknown) => {
      send(response, 500, { kind: 'Status', message: String(error) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: served.objects,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const route =
  /^(\/api\/v1|\/apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+)(?=\/[a-z]))?\/([a-z]+)(?:\/([^/]+)(?:\/(status))?)?$/;
const missing = { kind: 'Status', reason: 'NotFound', message: 'not found' };

async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { objects, kinds } = served;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
  const [, root = '', namespace, plural = '', name, part] = route.exec(pathname) ?? [];
  if (!kinds.has(`${root}/${plural}`)) return discover(kinds, pathname, response);
  if (request.method === 'GET' && name === undefined) {
    const matches = selection({ root, namespace, plural }, searchParams);
    if (searchParams.get('watch') === 'true') watch(objects, matches, searchParams, response);
    else list(objects, matches, searchParams, response);
    return;
  }
  const path = part === undefined ? pathname : pathname.slice(0, -'/status'.length);
  const live = objects.get(path);
  if (request.method === 'GET') return found(response, live);
  if (request.method === 'DELETE') return found(response, objects.remove(path) ? {} : undefined);
  const body = await json(request);
  if (request.method === 'POST') {
    const { name: given = '' } = textsOf(objectAt(body, 'metadata'));
    return send(response, 201, objects.put(`${path}/${given}`, objectOrEmpty(body)));
  }
  const isApply = request.headers['content-type']?.includes('apply-patch') === true;
  if (live === undefined && (!isApply || part !== undefined)) return found(response, undefined);
  const change = { live: live ?? {}, body, by: `${pathname} ${searchParams.get('fieldManager')}` };
  const next = isApply ? apply(served, change) : patch(change);
  if (next === undefined) return send(response, 409, { kind: 'Status', reason: 'Conflict', message: 'it has changed' });
  send(response, live === undefined ? 201 : 200, objects.put(path, next, part === 'status' ? part : undefined));
}

interface Change {
  readonly live: Fields;
  readonly body: unknown;
  /** The part that is written, and the manager. */
  readonly by: string;
}

function apply({ applied: all }: Served, { live, body, by }: Change): Fields {
  const now = objectOrEmpty(body);
  const before = all.get(by) ?? {};
  all.set(by, now);
  return applied(live, before, now);
}

function patch({ live, body }: Change): Fields | undefined {
  return Array.isArray(body) ? patched(live, body as readonly Step[]) : merged(live, objectOrEmpty(body));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function found(response: ServerResponse, object: object | undefined): void {
  send(response, object === undefined ? 404 : 200, object ?? missing);
}

function discover(kinds: ReadonlySet<string>, path: string, response: ServerResponse): void {
  const names = [...kinds].filter((one) => one.startsWith(`${path}/`)).map((one) => one.slice(path.length + 1));
  const resources = names.map((name) => ({ name }));
  found(response, names.length === 0 ? undefined : { kind: 'APIResourceList', resources });
}

type Matches = (path: string, object: Fields) => boolean;
interface Place {
  readonly root: string;
  readonly namespace: string | undefined;
  readonly plural: string;
}

/** Selectors of equality; of fields the name and the type. */
function selection({ root, namespace, plural }: Place, query: URLSearchParams): Matches {
  const pairs = (name: string): readonly string[][] =>
    (query.get(name) ?? '')
      .split(',')
      .filter(Boolean)
      .map((one) => one.split('='));
  const [labels, fields] = [pairs('labelSelector'), pairs('fieldSelector')];
  const inside = namespace === undefined ? '(?:namespaces/[^/]+/)?' : `namespaces/${namespace}/`;
  const place = new RegExp(`^${root}/${inside}${plural}/[^/]+$`);
  return (path, object) => {
    if (!place.test(path)) return false;
    const { name, labels: found } = objectOrEmpty(object.metadata);
    return (
      labels.every(([label = '', value]) => objectOrEmpty(found)[label] === value) &&
      fields.every(([field, value]) => (field === 'type' ? object.type : name) === value)
    );
  };
}

function list(objects: Objects, matches: Matches, query: URLSearchParams, response: ServerResponse): void {
  const all = [...objects.all()].filter((one) => matches(...one)).map(([, object]) => object);
  const [from, limit] = [Number(query.get('continue') ?? 0), Number(query.get('limit') ?? all.length)];
  const more = from + limit < all.length ? { continue: String(from + limit) } : {};
  const metadata = { resourceVersion: String(objects.version()), ...more };
  send(response, 200, { metadata, items: all.slice(from, from + limit) });
}

function watch(objects: Objects, matches: Matches, query: URLSearchParams, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const tell = ({ type, path, object }: ReturnType<Objects['since']>[number]): void => {
    if (matches(path, object)) response.write(`${JSON.stringify({ type, object })}\n`);
  };
  objects.since(Number(query.get('resourceVersion') ?? 0)).forEach(tell);
  response.once('close', objects.subscribe(tell));
}
