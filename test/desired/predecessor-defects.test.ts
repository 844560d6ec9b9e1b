import { describe, expect, test } from '@jest/globals';
import { clusterId, isKubernetesName, isQuayName, quayAddress } from '../../src/names/index.js';
import { cluster, documentOf, integration, namespace, rendered } from '../fixtures/snapshot.js';

const document = (spec: Record<string, unknown>, name = 'web') =>
  documentOf(rendered({ integration: integration(spec), cluster: cluster([namespace(name)]) }), name);

describe('defects of the predecessor that must not come back', () => {
  test('Q22: organizationPrefix is accepted and has no effect, as ever', () => {
    expect(document({ organizationPrefix: 'x-' })).toEqual(document({}));
  });

  test('Q23: a cluster ID in upper case gives secrets that Kubernetes takes', () => {
    const { spec } = document({ clusterID: 'Prod' });
    expect(spec.name).toBe('prod_web');
    expect(spec.robots.map(({ pullSecret }) => pullSecret?.name)).toEqual([
      'builder-quay-prod',
      'default-quay-prod',
      'deployer-quay-prod',
    ]);
    for (const id of ['Prod_EU', 'my cluster', 'prod-']) {
      for (const { pullSecret } of document({ clusterID: id }).spec.robots) {
        expect(isKubernetesName(pullSecret?.name ?? '')).toBe(true);
      }
    }
    expect(clusterId('Prod')).toBe(clusterId('prod'));
  });

  test('Q24: a hostname without a scheme is a host, not an empty one', () => {
    expect(quayAddress('quay.example.com:8443')).toEqual({
      url: 'https://quay.example.com:8443',
      host: 'quay.example.com:8443',
    });
  });

  test('Q25: a namespace with two hyphens gets an organization that Quay takes', () => {
    const { metadata, spec } = document({}, 'a--b');
    expect(isQuayName(spec.name)).toBe(true);
    expect(spec).toMatchObject({ namespace: 'a--b', name: expect.stringMatching(/^openshift_a-b\./) });
    expect(metadata.name).toBe('openshift.a--b');
  });
});
