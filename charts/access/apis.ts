import { crds } from '../parts/crds.js';
import { type Rule, rule } from './rule.js';

/** A resource that may be missing from a cluster. */
export interface Api {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** The APIs of OpenShift that a plain Kubernetes lacks. */
export const openShiftApis: readonly Api[] = [
  { group: 'image.openshift.io', version: 'v1', resource: 'imagestreams' },
  { group: 'build.openshift.io', version: 'v1', resource: 'builds' },
];

/** Our own kinds and the predecessor's. */
export function ownApis(): readonly Api[] {
  return crds.map(({ spec }) => ({
    group: spec.group,
    version: spec.versions[0].name,
    resource: String(spec.names.plural),
  }));
}

/** The right to look whether an API that does not answer is absent, or is there and silent. */
export function lookups(apis: readonly Api[]): readonly Rule[] {
  return [
    rule('apiregistration.k8s.io', 'apiservices', 'get', [
      ...new Set(apis.map(({ group, version }) => `${version}.${group}`)),
    ]),
    rule('apiextensions.k8s.io', 'customresourcedefinitions', 'get', [
      ...apis.map(({ group, resource }) => `${resource}.${group}`),
    ]),
  ];
}
