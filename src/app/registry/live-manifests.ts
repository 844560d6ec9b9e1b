import { type Fields } from '../../json/index.js';
import { type ApiServer, listPath, objectPath, resourceName, type ResourceType } from '../../kube/index.js';
import { type Manifest, type RegistryModel, refOf } from '../../registry/index.js';
import { readOne, readSome } from './live-objects.js';

const type = (apiVersion: string, kind: string, plural = `${kind.toLowerCase()}s`): ResourceType => ({
  apiVersion,
  kind,
  plural,
});

/** The kinds that a registry is made of. */
const kinds: readonly ResourceType[] = [
  type('v1', 'ConfigMap'),
  type('v1', 'Secret'),
  type('v1', 'Service'),
  type('v1', 'ServiceAccount'),
  type('v1', 'PersistentVolumeClaim'),
  type('apps/v1', 'Deployment'),
  type('batch/v1', 'Job'),
  type('autoscaling/v2', 'HorizontalPodAutoscaler'),
  type('policy/v1', 'PodDisruptionBudget'),
  type('networking.k8s.io/v1', 'Ingress', 'ingresses'),
  type('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'),
  type('rbac.authorization.k8s.io/v1', 'Role'),
  type('rbac.authorization.k8s.io/v1', 'RoleBinding'),
  type('route.openshift.io/v1', 'Route'),
  type('objectbucket.io/v1alpha1', 'ObjectBucketClaim'),
  type('monitoring.coreos.com/v1', 'ServiceMonitor'),
  type('monitoring.coreos.com/v1', 'PrometheusRule'),
];

/** The live objects of a registry: those that are wanted, and those that carry its label. */
export async function liveManifests(
  api: ApiServer,
  { namespace, name }: RegistryModel,
  wanted: readonly Manifest[],
): Promise<readonly Manifest[]> {
  const found = new Map<string, Manifest>();
  for (const kind of kinds) {
    // What a Secret of that label is called differs from installation to installation: only the wanted ones are read.
    if (kind.kind === 'Secret') continue;
    const listed = await readSome(
      api,
      resourceName(kind),
      listPath(kind, namespace),
      `quay-operator/quayregistry=${name}`,
    );
    for (const object of listed ?? []) note(found, object, kind, namespace);
  }
  for (const one of wanted) {
    const kind = kinds.find(({ kind: named }) => named === one.kind);
    if (kind === undefined || found.has(refOf(one, namespace))) continue;
    const path = objectPath(kind, { namespace: one.metadata.namespace ?? namespace, name: one.metadata.name });
    const { object } = await readOne(api, resourceName(kind), path);
    if (object !== undefined) note(found, object, kind, namespace);
  }
  return [...found.values()];
}

function note(
  found: Map<string, Manifest>,
  object: Fields,
  { apiVersion, kind }: ResourceType,
  namespace: string,
): void {
  const manifest = { ...object, apiVersion, kind } as unknown as Manifest;
  found.set(refOf(manifest, namespace), manifest);
}
