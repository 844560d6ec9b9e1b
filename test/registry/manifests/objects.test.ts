import { describe, expect, test } from '@jest/globals';
import { kubernetes, managed, modelOf, resultOf, standalone, unmanaged } from '../support/inputs.js';
import { registryManifests } from '../../../src/manifests/index.js';
import { byName, containerOf, manifestsOf, podOf, secretsOf, specOf, workloadsOf } from './rendered.js';

const kinds = [
  'postgres',
  'clair',
  'redis',
  'objectstorage',
  'route',
  'mirror',
  'monitoring',
  'tls',
  'clairpostgres',
] as const;

describe('the manifests of a registry', () => {
  test('K17 have explicit names, the label of the registry, and selectors that find their own pods', async () => {
    const all = await manifestsOf();
    for (const { kind, metadata } of all) {
      expect(metadata.labels?.['quay-operator/quayregistry']).toBe('prod');
      expect(metadata.name).toMatch(kind === 'ConfigMap' ? /^prod[.-]/ : /^prod-/);
      expect(metadata.name).not.toMatch(/-c8[0-9a-f]{6}$/);
    }
    for (const one of all.filter(({ kind }) => kind === 'Deployment')) {
      const { matchLabels } = specOf<{ readonly selector: { readonly matchLabels: object } }>(one).selector;
      expect(podOf(one).metadata.labels).toMatchObject(matchLabels);
    }
    const labels = all.filter(({ kind }) => kind === 'Deployment').map((one) => podOf(one).metadata.labels);
    for (const one of all.filter(({ kind }) => kind === 'Service')) {
      const { selector } = specOf<{ readonly selector: Readonly<Record<string, string>> }>(one);
      const found = labels.filter((own) => Object.entries(selector).every(([key, value]) => own[key] === value));
      expect([one.metadata.name, found.length]).toEqual([one.metadata.name, 1]);
    }
  });

  test('K17 every reference between them resolves', async () => {
    const [all, secrets] = [await manifestsOf(), await secretsOf()];
    const names = new Set([...all, ...secrets].map(({ kind, metadata }) => `${kind}/${metadata.name}`));
    for (const one of workloadsOf(all)) {
      const { volumes = [], serviceAccountName } = podOf(one).spec;
      const wanted = [
        `ServiceAccount/${serviceAccountName}`,
        ...volumes.flatMap(({ projected, secret, configMap, persistentVolumeClaim }) => [
          ...(projected?.sources ?? []).flatMap((source) => [
            ...(source.secret && source.secret.optional !== true ? [`Secret/${source.secret.name}`] : []),
            ...(source.configMap ? [`ConfigMap/${source.configMap.name}`] : []),
          ]),
          ...(secret ? [`Secret/${secret.secretName}`] : []),
          ...(configMap ? [`ConfigMap/${configMap.name}`] : []),
          ...(persistentVolumeClaim ? [`PersistentVolumeClaim/${persistentVolumeClaim.claimName}`] : []),
        ]),
        ...(containerOf(one).env ?? []).flatMap(({ valueFrom }) =>
          valueFrom?.secretKeyRef ? [`Secret/${valueFrom.secretKeyRef.name}`] : [],
        ),
      ];
      expect(wanted.filter((name) => !names.has(name))).toEqual([]);
    }
  });

  test('K17 the same model gives the same bytes, whatever the order of its keys', async () => {
    const model = modelOf();
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, one]) => [key, reversed(one)]),
      );
    };
    const text = async (of: typeof model): Promise<string> => JSON.stringify(await registryManifests(of));
    expect(await text(reversed(model) as typeof model)).toBe(await text(model));
  });

  test('nothing secret is in them', async () => {
    const text = JSON.stringify(
      await manifestsOf({ components: unmanaged(...kinds), bundle: { 'config.yaml': standalone } }),
    );
    expect(text).not.toMatch(/canary|random-/);
    expect(JSON.stringify(await manifestsOf())).not.toMatch(/canary|random-/);
  });

  test('K53 all but data, keys and what is in another namespace belong to the registry', async () => {
    const model = { ...modelOf(), uid: 'uid-1' };
    const free = (await registryManifests(model)).filter(({ metadata }) => metadata.ownerReferences === undefined);
    expect(free.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual([
      'ConfigMap/prod.quay-grafana-dashboard-quay',
      'ObjectBucketClaim/prod-quay-datastore',
      'PersistentVolumeClaim/prod-clair-postgres-15',
      'PersistentVolumeClaim/prod-quay-postgres-13',
    ]);
    const [owned] = (await registryManifests(model)).filter(({ kind }) => kind === 'Deployment');
    expect(owned?.metadata.ownerReferences).toEqual([
      { apiVersion: 'quay.redhat.com/v1', kind: 'QuayRegistry', name: 'prod', uid: 'uid-1' },
    ]);
  });

  test('K17 data cannot be pruned by Argo CD or Flux, and the migration is made again', async () => {
    const all = await byName();
    expect(all['PersistentVolumeClaim/prod-quay-postgres-13']?.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
    const job = Object.entries(all).find(([name]) => name.startsWith('Job/'))?.[1];
    expect(job?.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-wave': '2' });
    expect(all['Deployment/prod-quay-app']?.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-wave': '3',
    });
    expect(all['Deployment/prod-quay-redis']?.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-wave': '1',
    });
  });

  test('with everything unmanaged there are Quay, its migration, and what they read', async () => {
    const all = await manifestsOf({
      components: unmanaged(...kinds, 'horizontalpodautoscaler'),
      bundle: { 'config.yaml': standalone },
      on: kubernetes,
    });
    expect(all.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'Job', 'Service', 'ServiceAccount']);
  });
});

describe('the Deployment of Quay', () => {
  test('K18 has its ports, arguments, environment, volumes and restrictions', async () => {
    const quay = (await byName())['Deployment/prod-quay-app'];
    const container = containerOf(quay);
    expect(container).toMatchObject({
      name: 'quay-app',
      args: ['registry-nomigrate'],
      ports: [8443, 8080, 8081, 9091, 55_443].map((containerPort) => ({ containerPort })),
      resources: { requests: { cpu: '2000m', memory: '8Gi' }, limits: { cpu: '2000m', memory: '8Gi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
      },
    });
    expect(container.env?.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'QE_K8S_CONFIG_SECRET',
        'QE_K8S_NAMESPACE',
        'WORKER_COUNT_WEB',
        'NO_PROXY',
        'QUAY_VERSION',
      ]),
    );
    expect(container.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual([
      '/conf/stack',
      '/conf/stack/extra_ca_certs',
      '/run/secrets/postgresql',
      '/.postgresql',
    ]);
  });

  test('K57 mounts the certificates of an external database where they are', async () => {
    const { volumes = [] } = podOf((await byName())['Deployment/prod-quay-app']).spec;
    expect(volumes.find(({ name }) => name === 'postgres-certs')?.projected?.sources).toEqual([
      { secret: { name: 'postgresql-ca', optional: true } },
      { secret: { name: 'postgresql-client-certs', optional: true } },
    ]);
  });

  test('K19 is probed by HTTP behind a router that ends TLS, and by HTTPS where it ends TLS itself', async () => {
    const probe = (port: number, scheme: string) => ({ httpGet: { path: '/health/instance', port, scheme } });
    expect(containerOf((await byName())['Deployment/prod-quay-app'])).toMatchObject({
      startupProbe: { ...probe(8080, 'HTTP'), timeoutSeconds: 20 },
      readinessProbe: { ...probe(8080, 'HTTP'), failureThreshold: 10 },
      livenessProbe: probe(8080, 'HTTP'),
    });
    const model = modelOf();
    const ends = await registryManifests({ ...model, quay: { ...model.quay, probeScheme: 'HTTPS' } });
    const quay = ends.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'prod-quay-app');
    expect(containerOf(quay).readinessProbe).toMatchObject(probe(8443, 'HTTPS'));
  });

  test('K18 is found by a Service with its four ports', async () => {
    expect((await byName())['Service/prod-quay-app']?.spec).toEqual({
      type: 'ClusterIP',
      selector: { app: 'quay', 'quay-component': 'quay-app', 'quay-operator/quayregistry': 'prod' },
      ports: [
        { name: 'https', port: 443, protocol: 'TCP', targetPort: 8443 },
        { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
        { name: 'jwtproxy', port: 8081, protocol: 'TCP', targetPort: 8081 },
        { name: 'grpc', port: 55_443, protocol: 'TCP', targetPort: 55_443 },
      ],
    });
  });
});

describe('databases, Redis, Clair and the mirror workers', () => {
  test('K20 PostgreSQL has one pod, a claim, probes, its settings and ten minutes to end', async () => {
    const all = await byName();
    for (const [name, container, claim] of [
      ['prod-quay-database', 'postgres', 'prod-quay-postgres-13'],
      ['prod-clair-postgres', 'clair-postgres', 'prod-clair-postgres-15'],
    ] as const) {
      const database = all[`Deployment/${name}`];
      expect(specOf(database)).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
      expect(podOf(database).spec.terminationGracePeriodSeconds).toBe(600);
      expect(containerOf(database).name).toBe(container);
      expect(containerOf(database).env?.map(({ name: variable }) => variable)).toEqual(
        expect.arrayContaining(['POSTGRESQL_USER', 'POSTGRESQL_MAX_CONNECTIONS']),
      );
      expect(all[`PersistentVolumeClaim/${claim}`]?.spec).toEqual({
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '50Gi' } },
      });
      expect(all[`Service/${name}`]?.spec).toMatchObject({ ports: [{ name: 'postgres', port: 5432 }] });
    }
  });

  test('K13 size and class of a volume are those of the overrides, below 50Gi too', async () => {
    const all = await byName({
      components: [
        managed('postgres', { volumeSize: '5Gi', storageClassName: 'fast' }),
        managed('clair', { volumeSize: '3Gi', storageClassName: 'local' }),
      ],
    });
    expect(all['PersistentVolumeClaim/prod-quay-postgres-13']?.spec).toMatchObject({
      storageClassName: 'fast',
      resources: { requests: { storage: '5Gi' } },
    });
    const volumes = podOf(all['Deployment/prod-clair-app']).spec.volumes ?? [];
    expect(volumes.find(({ name }) => name === 'indexer-layer-storage')?.ephemeral).toMatchObject({
      volumeClaimTemplate: { spec: { storageClassName: 'local', resources: { requests: { storage: '3Gi' } } } },
    });
  });

  test('K20, P22 Redis has a password and probes', async () => {
    const redis = containerOf((await byName())['Deployment/prod-quay-redis']);
    expect(redis).toMatchObject({ name: 'redis-master', ports: [{ containerPort: 6379 }] });
    expect(redis.readinessProbe).toBeDefined();
    expect(redis.livenessProbe).toBeDefined();
    expect(redis.env?.find(({ name }) => name === 'REDIS_PASSWORD')?.valueFrom?.secretKeyRef).toBeDefined();
  });

  test('K23 mirror workers wait for Quay and trust its certificate', async () => {
    const mirror = (await byName())['Deployment/prod-quay-mirror'];
    const { initContainers = [], volumes = [], serviceAccountName } = podOf(mirror).spec;
    expect(initContainers[0]?.command?.at(-1)).toContain('http://prod-quay-app/');
    expect(containerOf(mirror)).toMatchObject({
      command: ['/quay-registry/quay-entrypoint.sh'],
      args: ['repomirror-nomigrate'],
    });
    expect(serviceAccountName).toBe('prod-quay-app');
    const authorities = volumes.find(({ name }) => name === 'extra-ca-certs')?.projected?.sources;
    expect(authorities).toContainEqual({ secret: { name: 'prod-quay-config-tls' } });
    expect(specOf(mirror)).toMatchObject({ strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } });
  });

  test('P13 a certificate for Clair is mounted, and a drop-in only where there is one', async () => {
    const mounts = async (bundle: Readonly<Record<string, string>>): Promise<readonly string[]> =>
      (containerOf((await byName({ bundle }))['Deployment/prod-clair-app']).volumeMounts ?? []).map(
        ({ mountPath }) => mountPath,
      );
    expect(await mounts({ 'config.yaml': 'SERVER_HOSTNAME: q.example.test\n' })).toEqual([
      '/clair/config.yaml',
      '/var/run/certs',
      '/var/tmp',
    ]);
    const pair = { 'clair-ssl.crt': 'certificate', 'clair-ssl.key': 'key' };
    const all = await mounts({
      'config.yaml': 'SERVER_HOSTNAME: q.example.test\n',
      'clair-config.yaml': 'log_level: debug\n',
      ...pair,
    });
    expect(all).toEqual(
      expect.arrayContaining([
        '/clair/clair-ssl.crt',
        '/clair/clair-ssl.key',
        '/clair/config.yaml.d/01_user_config.yaml',
      ]),
    );
  });

  test('P15 nothing hides the authorities that the image of Clair has', async () => {
    const paths = async (on: typeof kubernetes): Promise<string> =>
      JSON.stringify(
        podOf(
          (
            await byName({
              on,
              components: unmanaged('tls', 'route', 'objectstorage'),
              bundle: { 'config.yaml': standalone },
            })
          )['Deployment/prod-clair-app'],
        ),
      );
    expect(await paths(kubernetes)).not.toMatch(/pki\/ca-trust|cluster-trusted-ca/);
    expect(JSON.stringify((await byName())['Deployment/prod-clair-app'])).not.toContain('/etc/pki/ca-trust/extracted');
  });

  test('P27 a Job takes placement, resources and labels of the options', async () => {
    const all = await manifestsOf({
      options: {
        jobs: {
          nodeSelector: { pool: 'infra' },
          tolerations: [{ key: 'infra', operator: 'Exists' }],
          resources: { requests: { cpu: '1' } },
          labels: { team: 'platform' },
        },
      },
    });
    const job = all.find(({ kind }) => kind === 'Job');
    expect(podOf(job).spec).toMatchObject({ nodeSelector: { pool: 'infra' }, restartPolicy: 'OnFailure' });
    expect(podOf(job).metadata.labels).toMatchObject({ team: 'platform' });
    expect(containerOf(job)).toMatchObject({ args: ['migrate', 'head'], resources: { requests: { cpu: '1' } } });
  });

  test('K65 pods go where the options say', async () => {
    const infra = { nodeSelector: { 'node-role.kubernetes.io/infra': '' }, priorityClassName: 'high' };
    const all = await byName({ options: { components: { quay: infra, postgres: infra, redis: infra } } });
    for (const name of ['quay-app', 'quay-database', 'quay-redis']) {
      expect(podOf(all[`Deployment/prod-${name}`]).spec).toMatchObject(infra);
    }
    expect(podOf(all['Deployment/prod-clair-app']).spec.nodeSelector).toBeUndefined();
  });
});

test('the Secrets hold every key that the model names, and the keys outlive the registry', async () => {
  const { model } = resultOf();
  const all = await secretsOf();
  expect(all.map(({ metadata, data }) => [metadata.name, Object.keys(data as object).sort()])).toEqual(
    model.secrets.map(({ name, keys }) => [name, keys]),
  );
  const keys = all.find(({ metadata }) => metadata.name.endsWith('managed-secret-keys'));
  expect(keys?.metadata.annotations).toMatchObject({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
});
