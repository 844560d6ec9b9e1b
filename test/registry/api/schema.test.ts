import { describe, expect, test } from '@jest/globals';
import { registryDefinitions } from '../../../src/api/crd/index.js';
import { checkRegistry, checkRegistryOptions } from '../../../src/api/registry/index.js';
import { upstreamSchema } from './upstream-schema.js';

const [registry] = registryDefinitions();

/** Without descriptions, and with keys in one order: two schemas that do the same are equal as text then. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([key, inner]) => key !== 'description' || typeof inner !== 'string');
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, bare(inner)]));
}

const declared = (components: readonly object[], more: object = {}): object => ({
  apiVersion: 'quay.redhat.com/v1',
  kind: 'QuayRegistry',
  metadata: { name: 'production', namespace: 'quay' },
  spec: { configBundleSecret: 'bundle', components, ...more },
});

const faultsIn = (object: object): readonly string[] => {
  const checked = checkRegistry(object);
  return checked.ok
    ? []
    : checked.problems.map(({ path, message, hint }) => `${path}: ${message} ${hint ?? ''}`.trim());
};

describe('the definition of QuayRegistry', () => {
  test("K1 has the Quay Operator's schema, byte for byte", () => {
    const schema = registry?.spec.versions[0].schema.openAPIV3Schema;
    expect(JSON.stringify(bare(schema))).toBe(JSON.stringify(bare(upstreamSchema)));
  });

  test("K1 has the Quay Operator's names, scope, columns and subresource, and ApplySet's label", () => {
    expect(registry?.metadata).toEqual({
      name: 'quayregistries.quay.redhat.com',
      labels: { 'applyset.kubernetes.io/is-parent-type': 'true' },
    });
    expect(registry?.spec).toMatchObject({ group: 'quay.redhat.com', scope: 'Namespaced' });
    expect(registry?.spec.names).toEqual({
      kind: 'QuayRegistry',
      listKind: 'QuayRegistryList',
      plural: 'quayregistries',
      singular: 'quayregistry',
    });
    expect(registry?.spec.versions[0]).toMatchObject({ name: 'v1', subresources: { status: {} } });
    expect(registry?.spec.versions[0].additionalPrinterColumns).toEqual([
      { name: 'Version', type: 'string', jsonPath: '.status.currentVersion' },
      { name: 'Endpoint', type: 'string', jsonPath: '.status.registryEndpoint' },
      { name: 'Available', type: 'string', jsonPath: '.status.conditions[?(@.type=="Available")].status' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ]);
  });
});

describe('a QuayRegistry', () => {
  test('K1 may state nothing but its name', () => {
    expect(faultsIn({ ...declared([]), spec: undefined })).toEqual([]);
  });

  test('K1 has to name a component that exists, and say whether it is managed', () => {
    expect(faultsIn(declared([{ kind: 'storage' }]))).toEqual([
      expect.stringMatching(/^spec\.components\[0\]\.kind: must be one of quay, postgres/) as unknown,
      'spec.components[0].managed: is required',
    ]);
  });

  test('K1 hears of a field that is misspelt', () => {
    expect(faultsIn(declared([{ kind: 'quay', managed: true, overrides: { replica: 2 } }]))).toEqual([
      'spec.components[0].overrides.replica: unknown field did you mean replicas?',
    ]);
  });

  test('K2 has overrides only where it is managed, and a secretRef with a name only where it is not', () => {
    expect(
      faultsIn(
        declared([
          { kind: 'clair', managed: false, overrides: { replicas: 1 } },
          { kind: 'tls', managed: true, secretRef: { name: 'tls' } },
          { kind: 'tls', managed: false, secretRef: {} },
        ]),
      ),
    ).toEqual([
      'spec.components[0].overrides: cannot set overrides on unmanaged component take them out, or set managed to true',
      'spec.components[1].secretRef: secretRef cannot be set on a managed component take it out, or set managed to false',
      'spec.components[2].secretRef: secretRef.name must not be empty name a Secret of type kubernetes.io/tls, or take it out',
    ]);
  });

  test('K3 takes null for replicas, and no negative number', () => {
    const replicas = (value: unknown): object =>
      declared([{ kind: 'quay', managed: true, overrides: { replicas: value } }]);
    expect(faultsIn(replicas(null))).toEqual([]);
    expect(faultsIn(replicas(0))).toEqual([]);
    expect(faultsIn(replicas(-1))).toEqual(['spec.components[0].overrides.replicas: must be at least 0']);
  });

  test("K70 keeps nothing of the configuration editor's status, and is accepted with it", () => {
    const checked = checkRegistry({
      ...declared([]),
      status: { configEditorEndpoint: 'https://editor.example.test', currentVersion: '3.7.1' },
    });
    expect(checked).toMatchObject({ ok: true, value: { status: { currentVersion: '3.7.1' } } });
    expect(JSON.stringify(checked)).not.toContain('editor');
  });
});

describe('QuayRegistryOptions', () => {
  const options = (spec: object) =>
    checkRegistryOptions({
      apiVersion: 'quayside.dev/v1alpha1',
      kind: 'QuayRegistryOptions',
      metadata: { name: 'production', namespace: 'quay' },
      spec,
    });

  test('have defaults for what is on or off', () => {
    expect(options({})).toMatchObject({
      ok: true,
      value: {
        spec: {
          upgrades: 'Automatic',
          networkPolicies: false,
          volumes: { deletionPolicy: 'Retain' },
          prune: false,
          suspend: false,
        },
      },
    });
  });

  test('take every field that the Quay Operator lacks', () => {
    const workload = {
      nodeSelector: { 'node-role.kubernetes.io/infra': '' },
      tolerations: [{ key: 'infra', operator: 'Exists', effect: 'NoSchedule' }],
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' },
      ],
      priorityClassName: 'registry',
      imagePullSecrets: ['pull'],
    };
    const pods = {
      ...workload,
      serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/quay' } },
      podSecurityContext: { fsGroup: 26, runAsUser: 26, runAsNonRoot: true },
      disruptionBudget: { maxUnavailable: 1 },
    };
    const scaled = { ...pods, autoscaling: { minReplicas: 3, maxReplicas: 5, cpu: 70, memory: 80 } };
    const spec = {
      components: { quay: scaled, clair: scaled, mirror: scaled, postgres: pods, clairpostgres: pods, redis: pods },
      jobs: { ...workload, labels: { team: 'registry' }, resources: { requests: { cpu: '1' } }, affinity: {} },
      objectStorage: { storageClassName: 'ceph-bucket', bucketClass: '' },
      access: {
        termination: 'reencrypt',
        destinationCA: '-----BEGIN CERTIFICATE-----',
        labels: { router: 'public' },
        service: { type: 'LoadBalancer', annotations: { a: 'b' } },
        ingress: { className: 'nginx', annotations: { a: 'b' }, tls: { secretName: 'quay-tls' } },
      },
      images: { quay: 'registry.example.test:5000/quay/quay:3.15' },
      version: '3.15.1',
      upgrades: 'Manual',
      builders: { namespace: 'builds', tokenSecretRef: { name: 'builder' } },
      networkPolicies: true,
      volumes: { deletionPolicy: 'Delete' },
      prune: true,
      suspend: true,
      git: { url: 'https://git.example.test/state.git' },
      sync: 'External',
    };
    expect(options(spec)).toMatchObject({ ok: true, value: { spec } });
  });

  test('refuse an authority that nothing uses, and two bounds of one budget', () => {
    expect(
      options({
        access: { destinationCA: 'x' },
        components: { quay: { disruptionBudget: { minAvailable: 1, maxUnavailable: '50%' } } },
      }),
    ).toMatchObject({
      ok: false,
      problems: [
        { path: 'spec.components.quay.disruptionBudget', message: 'must state one of minAvailable and maxUnavailable' },
        { path: 'spec.access.destinationCA', message: 'has a use only with termination: reencrypt' },
      ],
    });
  });
});
