import { type Call } from '../../http/call.js';
import { type ApiResponse, json } from '../../http/message.js';
import { queryFlag } from '../../http/query.js';
import { type Method, methodsOf, type Route, route } from '../../http/route.js';

const success: Readonly<Record<Method, readonly [string, string]>> = {
  GET: ['200', 'Successful invocation'],
  POST: ['201', 'Successful creation'],
  PUT: ['200', 'Successful invocation'],
  DELETE: ['204', 'Deleted'],
};

/** The discovery document of these routes: the paths are right, the status codes generic, as on the real server. */
export function discoveryRoute(routes: readonly Route[]): Route {
  const own = route('/api/v1/discovery', { GET: (call) => document(call, [...routes, own]) }, { open: true });
  return own;
}

function document(call: Call, routes: readonly Route[]): ApiResponse {
  const { host, protocol } = new URL(call.simulation.base);
  const internal = queryFlag(call, 'internal', false);
  return json({
    swagger: '2.0',
    host,
    basePath: '/',
    schemes: [protocol.replace(':', '')],
    info: { version: 'v1', title: 'Quay simulator' },
    securityDefinitions: {
      oauth2_implicit: {
        type: 'oauth2',
        flow: 'implicit',
        authorizationUrl: `${call.simulation.base}/oauth/authorize`,
        scopes: {},
      },
    },
    paths: paths(routes, internal),
    definitions: {},
    tags: [],
  });
}

/** The paths with their methods; a path may be made of several routes. */
function paths(routes: readonly Route[], internal: boolean): object {
  const found: Record<string, object> = {};
  for (const entry of routes) {
    const methods = documented(entry, internal);
    if (methods) found[entry.template] = { ...found[entry.template], ...operations(entry, methods) };
  }
  return found;
}

/** The methods that the document shows of a route; undefined when it leaves the route out. */
function documented(entry: Route, internal: boolean): readonly Method[] | undefined {
  if (entry.web) return undefined;
  if (entry.undocumented) return [];
  const shown = methodsOf(entry).filter((method) => internal || !entry.internal?.includes(method));
  return shown.length === 0 ? undefined : shown;
}

function operations({ template }: Route, methods: readonly Method[]): object {
  const parameters = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    type: 'string',
  }));
  const entries = methods.map((method) => {
    const [status, description] = success[method];
    const operation = {
      operationId: `${method.toLowerCase()} ${template}`,
      parameters: [],
      responses: { [status]: { description } },
    };
    return [method.toLowerCase(), operation];
  });
  return { 'x-path': template, parameters, ...(Object.fromEntries(entries) as object) };
}
