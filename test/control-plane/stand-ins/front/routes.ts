import type { ProxiedRequest } from '../../proxy/match.js';

/** What OpenShift's API servers do that no custom resource can. */
export type Verb = 'import' | 'instantiate' | 'clone' | 'strategic patch';

export interface Route {
  readonly verb: Verb;
  readonly namespace: string;
  /** Of the object; empty for an import. */
  readonly name: string;
}

const within = '/namespaces/([^/]+)';
const posts: readonly (readonly [Verb, RegExp])[] = [
  ['import', new RegExp(`^/apis/image.openshift.io/v1${within}/imagestreamimports()$`)],
  ['instantiate', new RegExp(`^/apis/build.openshift.io/v1${within}/buildconfigs/([^/]+)/instantiate$`)],
  ['clone', new RegExp(`^/apis/build.openshift.io/v1${within}/builds/([^/]+)/clone$`)],
];
const object = new RegExp(`^/apis/(?:build|image).openshift.io/v1${within}/[^/]+/([^/]+)(?:/status)?$`);

/** Which of these a request asks for. */
export function routeOf(
  { method, path }: Pick<ProxiedRequest, 'method' | 'path'>,
  contentType: string,
): Route | undefined {
  const isStrategic = contentType.startsWith('application/strategic-merge-patch+json');
  const known =
    method === 'POST' ? posts : method === 'PATCH' && isStrategic ? ([['strategic patch', object]] as const) : [];
  for (const [verb, pattern] of known) {
    const [, namespace, name] = pattern.exec(path) ?? [];
    if (namespace !== undefined) return { verb, namespace, name: name ?? '' };
  }
  return undefined;
}
