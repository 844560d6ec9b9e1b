/** A kind of object, and where the API has it. */
export interface ResourceType {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
}

/** Which object of its kind; without a namespace where there are none. */
export interface ObjectName {
  readonly namespace?: string;
  readonly name: string;
}

/** The kinds that Quayside writes. */
export const resourceTypes = {
  secret: { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' },
  serviceAccount: { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' },
  configMap: { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  namespace: { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' },
  lease: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' },
  event: { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events' },
  imageStream: { apiVersion: 'image.openshift.io/v1', kind: 'ImageStream', plural: 'imagestreams' },
  build: { apiVersion: 'build.openshift.io/v1', kind: 'Build', plural: 'builds' },
  quayOrganization: { apiVersion: 'quayside.dev/v1alpha1', kind: 'QuayOrganization', plural: 'quayorganizations' },
  quayIntegration: { apiVersion: 'quay.redhat.com/v1', kind: 'QuayIntegration', plural: 'quayintegrations' },
  predecessorIntegration: {
    apiVersion: 'redhatcop.redhat.io/v1alpha1',
    kind: 'QuayIntegration',
    plural: 'quayintegrations',
  },
} as const satisfies Record<string, ResourceType>;

/** The path of all objects of a kind, or of those of one namespace. */
export function listPath({ apiVersion, plural }: ResourceType, namespace?: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

/** The path of one object, or of a part of it that is written on its own. */
export function objectPath(type: ResourceType, { namespace, name }: ObjectName, subresource?: string): string {
  const path = `${listPath(type, namespace)}/${encodeURIComponent(name)}`;
  return subresource === undefined ? path : `${path}/${subresource}`;
}

/** The resource in the words of RBAC: `quayorganizations.quayside.dev`. */
export function resourceName({ apiVersion, plural }: ResourceType, subresource?: string): string {
  const [group, version] = apiVersion.split('/');
  const resource = version === undefined ? plural : `${plural}.${group}`;
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}
