type Components = readonly Readonly<Record<string, unknown>>[];

export const registry = (components: Components): object => ({
  apiVersion: 'quay.redhat.com/v1',
  kind: 'QuayRegistry',
  spec: { configBundleSecret: 'bundle', components },
});

/** As people wrote it for the Quay Operator, with every override. */
export const largeRegistry = registry([
  {
    kind: 'quay',
    managed: true,
    overrides: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator: 'In', values: ['registry'] }] }],
          },
        },
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'quay' } } } },
          ],
        },
      },
      env: [
        { name: 'PLAIN', value: 'x' },
        { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'mine', key: 'k', optional: true } } },
        { name: 'LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
      ],
      replicas: null,
      labels: { team: 'x' },
      annotations: { note: 'y' },
      resources: { requests: { cpu: 1, memory: '256Mi' }, limits: { cpu: '500m' } },
      securityContext: {
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
  },
  { kind: 'postgres', managed: true, overrides: { volumeSize: '70Gi', storageClassName: 'fast' } },
  { kind: 'clair', managed: true, overrides: { replicas: 0, volumeSize: 21474836480 } },
  { kind: 'tls', managed: false, secretRef: { name: 'quay-tls' } },
]);

/** What is wrong with a registry, the object, and words that the refusal has to hold. */
export const badRegistries: readonly (readonly [string, object, readonly string[]])[] = [
  ['K1 a component that does not exist', registry([{ kind: 'storage', managed: true }]), ['kind', 'objectstorage']],
  ['K1 a component of which nobody says whether it is managed', registry([{ kind: 'quay' }]), ['managed', 'equired']],
  [
    'K1 a size that is none',
    registry([{ kind: 'postgres', managed: true, overrides: { volumeSize: 'big' } }]),
    ['volumeSize'],
  ],
  [
    'K2 overrides of what is not managed',
    registry([{ kind: 'clair', managed: false, overrides: { replicas: 1 } }]),
    ['cannot set overrides on unmanaged component'],
  ],
  [
    'K2 a Secret for what is managed',
    registry([{ kind: 'tls', managed: true, secretRef: { name: 'x' } }]),
    ['secretRef cannot be set on a managed component'],
  ],
  [
    'K2 a Secret without a name',
    registry([{ kind: 'tls', managed: false, secretRef: { name: '' } }]),
    ['secretRef.name must not be empty'],
  ],
  ['K3 fewer pods than none', registry([{ kind: 'quay', managed: true, overrides: { replicas: -1 } }]), ['replicas']],
];
