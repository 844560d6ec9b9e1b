import { json } from 'node:stream/consumers';
import type { Reply, Serve } from '../../proxy/serve.js';
import type { BuildRequest } from '../builds/generate.js';
import { clone, instantiate } from '../builds/instantiate.js';
import type { Importers } from '../images/importers.js';
import { refused } from './allowed.js';
import type { Api, Fields } from './api.js';
import { type Route, routeOf } from './routes.js';
import { strategicPatch } from './strategic.js';

export interface Serving {
  /** The server itself. */
  readonly server: Api;
  readonly importers: Importers;
  readonly as: (authorization: string, userAgent: string) => Api;
}

/** Does what no custom resource can, with the rights of whoever asks. */
export function serveWith({ server, importers, as }: Serving): Serve {
  return ({ path, query }, { method = '', headers }) => {
    const route = routeOf({ method, path }, headers['content-type'] ?? '');
    if (route === undefined) return undefined;
    return async (request) => {
      const body = (await json(request)) as Fields;
      const caller = as(headers.authorization ?? '', headers['user-agent'] ?? '');
      const { namespace } = route;
      if (route.verb === 'import') return importers.run({ caller, namespace, body, dryRun: query.has('dryRun') });
      if (route.verb === 'strategic patch') return strategicPatch(caller, path, body);
      return generate(caller, server, route, body);
    };
  };
}

async function generate(caller: Api, server: Api, route: Route, request: BuildRequest): Promise<Reply> {
  const { verb, namespace, name } = route;
  const resource = verb === 'clone' ? 'builds' : 'buildconfigs';
  const wanted = { verb: 'create', group: 'build.openshift.io', resource, subresource: verb, namespace, name };
  const make = verb === 'clone' ? clone : instantiate;
  return (await refused(caller, wanted)) ?? make(server, { namespace, name }, request);
}
