import { type Features } from '../features.js';
import { type Handler } from './call.js';

/** Methods that handlers exist for; HEAD follows GET. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One path of the API and its methods. */
export interface Route {
  /** Path with `{parameters}`; a trailing slash counts. */
  readonly template: string;
  readonly methods: Readonly<Partial<Record<Method, Handler>>>;
  /** Flags that must all be on for the route to exist. */
  readonly features?: readonly string[];
  /** Methods that the discovery document shows only with `internal=true`. */
  readonly internal?: readonly Method[];
  /** The discovery document names the path, never its methods. */
  readonly undocumented?: boolean;
  /** Not part of the API: missing from the discovery document. */
  readonly web?: boolean;
  /** Open to everybody, even for writing and when anonymous access is off. */
  readonly open?: boolean;
}

/** Makes a route. */
export function route(
  template: string,
  methods: Route['methods'],
  more: Omit<Route, 'template' | 'methods'> = {},
): Route {
  return { template, methods, ...more };
}

/** The methods that a route has. */
export function methodsOf({ methods }: Route): readonly Method[] {
  return (['GET', 'POST', 'PUT', 'DELETE'] as const).filter((method) => methods[method]);
}

/** The routes that exist under these feature flags. */
export function enabledRoutes(routes: readonly Route[], features: Features): readonly Route[] {
  return routes.filter((entry) => (entry.features ?? []).every((feature) => features[feature] === true));
}
