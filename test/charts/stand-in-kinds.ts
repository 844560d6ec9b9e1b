import type { SharedControlPlane } from '../control-plane/control-plane.js';

/** Kinds of other projects that our manifests use. Only that they are there matters: any content is kept. */
const kinds = [
  ['monitoring.coreos.com', 'v1', 'ServiceMonitor'],
  ['monitoring.coreos.com', 'v1', 'PrometheusRule'],
  ['cert-manager.io', 'v1', 'Certificate'],
  ['cert-manager.io', 'v1', 'Issuer'],
  ['argoproj.io', 'v1alpha1', 'Application'],
  ['source.toolkit.fluxcd.io', 'v1', 'GitRepository'],
  ['kustomize.toolkit.fluxcd.io', 'v1', 'Kustomization'],
  ['operators.coreos.com', 'v1alpha1', 'ClusterServiceVersion'],
  ['route.openshift.io', 'v1', 'Route'],
  ['objectbucket.io', 'v1alpha1', 'ObjectBucketClaim'],
] as const;

/** Gives a control plane these kinds. */
export async function installOthersKinds(controlPlane: SharedControlPlane): Promise<void> {
  const items = kinds.map(([group, version, kind]) => {
    const singular = kind.toLowerCase();
    const plural = singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { kind, plural, singular },
        versions: [{ name: version, served: true, storage: true, schema }],
      },
    };
  });
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await controlPlane.kubectl(['apply', '--server-side', '-f', '-'], { input });
  await controlPlane.kubectl(['wait', '--for=condition=Established', '--timeout=30s', '-f', '-'], { input });
}
