import { describe, expect, test } from '@jest/globals';
import { databaseIdentity } from '../../../src/registry/index.js';
import { errorsOf, faultsOf, kubernetes, managed, modelOf, openshift, resultOf, unmanaged } from '../support/inputs.js';

const selected = (part: string) => ({ 'quay-operator/quayregistry': 'prod', 'quay-component': part });

describe('names, labels and selectors', () => {
  test("K17 are the Quay Operator's, so that an existing registry can be adopted", () => {
    const model = modelOf();
    const { quay, mirror, clair, redis, postgres, clairPostgres } = model;
    const parts = { quay, mirror, clair, redis, postgres, clairPostgres };
    expect(
      Object.fromEntries(Object.entries(parts).map(([part, made]) => [part, [made?.name, made?.selector]])),
    ).toEqual({
      quay: ['prod-quay-app', { ...selected('quay-app'), app: 'quay' }],
      mirror: ['prod-quay-mirror', selected('quay-mirror')],
      clair: ['prod-clair-app', selected('clair-app')],
      redis: ['prod-quay-redis', selected('redis')],
      postgres: ['prod-quay-database', selected('postgres')],
      clairPostgres: ['prod-clair-postgres', selected('clair-postgres')],
    });
    expect(quay.labels).toEqual({ ...selected('quay'), app: 'quay' });
    expect(model.labels).toEqual({ 'quay-operator/quayregistry': 'prod' });
    expect(model.annotations).toEqual({
      'quay-registry-hostname': 'prod-quay-quay.apps.example.test',
      'quay-buildmanager-hostname': '',
    });
    for (const part of Object.values(parts)) {
      for (const [key, value] of Object.entries(part?.selector ?? {})) expect(part?.podLabels[key]).toBe(value);
    }
  });

  test('K17 of Secrets are theirs without the suffix', () => {
    expect(modelOf().secrets.map(({ name }) => name)).toEqual([
      'prod-clair-config-secret',
      'prod-clairpostgres-config-secret',
      'prod-extra-ca-certs',
      'prod-postgres-bootstrap',
      'prod-postgres-config-secret',
      'prod-quay-config-secret',
      'prod-quay-config-tls',
      'prod-quay-proxy-config',
      'prod-quay-registry-managed-secret-keys',
      'prod-redis-config-secret',
    ]);
  });

  test.each(['a'.repeat(63), 'a'.repeat(64), 'with.dots', '1st'])('P11 N5 %s is said to be no name for one', (name) => {
    expect(errorsOf({ name })).toContainEqual(
      expect.stringMatching(/ComponentCreationFailed QuayRegistry\/\S+ metadata\.name:/),
    );
  });

  test('P11 N5 a name that is wrong and too long hears both', () => {
    expect(errorsOf({ name: `1.${'a'.repeat(62)}` })).toEqual([
      expect.stringContaining('has a dot'),
      expect.stringContaining('begins with no letter'),
      expect.stringContaining('of 87 characters'),
    ]);
  });
});

describe('workloads', () => {
  test('K18 Quay has its environment, its limits and its place', () => {
    const { quay } = modelOf({ facts: { release: { version: '3.15.1' } } });
    expect(quay.env.map(({ name }) => name)).toEqual([
      'QE_K8S_CONFIG_SECRET',
      'QE_K8S_NAMESPACE',
      'DEBUGLOG',
      'WORKER_COUNT_WEB',
      'WORKER_COUNT_SECSCAN',
      'WORKER_COUNT_REGISTRY',
      'HTTP_PROXY',
      'HTTPS_PROXY',
      'NO_PROXY',
      'QUAY_VERSION',
    ]);
    expect(quay.env[0]?.value).toBe('prod-quay-config-secret');
    expect(quay.env.at(-1)?.value).toBe('3.15.1');
    expect(quay.resources).toEqual({
      requests: { cpu: '2000m', memory: '8Gi' },
      limits: { cpu: '2000m', memory: '8Gi' },
    });
    expect(quay.securityContext).toMatchObject({ runAsNonRoot: true, allowPrivilegeEscalation: false });
    expect(JSON.stringify(quay.placement)).toContain('"values":["quay-app"]');
    expect(quay.serviceAccount.name).toBe('prod-quay-app');
  });

  test('K20 databases have one pod, their claim, their credentials, and time to end', () => {
    const { postgres, clairPostgres } = modelOf();
    expect(postgres).toMatchObject({
      service: 'prod-quay-database',
      replicas: 1,
      claim: { name: 'prod-quay-postgres-13' },
      credentialsSecret: 'prod-postgres-config-secret',
      settingsConfigMap: 'prod-postgres-conf-sample',
      bootstrapSecret: 'prod-postgres-bootstrap',
      resources: { requests: { cpu: '500m', memory: '2Gi' } },
    });
    expect(clairPostgres).toMatchObject({ service: 'prod-clair-postgres', claim: { name: 'prod-clair-postgres-15' } });
    expect(clairPostgres).not.toHaveProperty('bootstrapSecret');
    expect(postgres?.env.map(({ name }) => name)).toEqual([
      'POSTGRESQL_USER',
      'POSTGRESQL_DATABASE',
      'POSTGRESQL_ADMIN_PASSWORD',
      'POSTGRESQL_PASSWORD',
      'POSTGRESQL_SHARED_BUFFERS',
      'POSTGRESQL_MAX_CONNECTIONS',
    ]);
  });

  test('P22 databases have 600 seconds to end', () => {
    const { postgres, clairPostgres } = modelOf();
    expect([postgres?.terminationGracePeriodSeconds, clairPostgres?.terminationGracePeriodSeconds]).toEqual([600, 600]);
  });

  test('K23 mirror workers wait for Quay, use its account and migrate nothing', () => {
    const { mirror } = modelOf();
    expect(mirror).toMatchObject({ waitFor: 'prod-quay-app', serviceAccount: { name: 'prod-quay-app' } });
    expect(mirror?.env).toContainEqual({ name: 'ENSURE_NO_MIGRATION', value: 'true' });
    expect(mirror?.env.some(({ name }) => name.startsWith('WORKER_COUNT'))).toBe(false);
    expect(modelOf({ components: unmanaged('mirror') })).not.toHaveProperty('mirror');
  });

  test('P7 a migration is a Job of its own for each version and database', () => {
    const nameOf = (given: Parameters<typeof modelOf>[0]) => modelOf(given).migration.name;
    const names = [
      nameOf({}),
      nameOf({ facts: { release: { version: '4' } } }),
      nameOf({ options: { images: { quay: 'registry.example.test/quay:4' } } }),
      nameOf({ components: unmanaged('postgres'), bundle: { 'config.yaml': 'DB_URI: postgresql://a:b@db:5432/quay' } }),
    ];
    expect(new Set(names).size).toBe(4);
    expect(nameOf({})).toBe(nameOf({ components: unmanaged('clair') }));
    const changed = {
      known: true,
      values: { DB_URI: 'postgresql://prod-quay-database:new@prod-quay-database:5432/prod-quay-database' },
    } as const;
    expect(nameOf({ keys: changed })).toBe(nameOf({}));
  });
});

describe('what rolls', () => {
  const usersOf = (name: string, given: Parameters<typeof modelOf>[0] = {}) =>
    modelOf(given)
      .secrets.find((secret) => secret.name === name)
      ?.usedBy.map((user) => user.replace(/-[0-9a-f]{5}$/, ''));

  test('P8 I1 with a certificate or an authority is never a database or Redis', () => {
    for (const secret of ['prod-quay-config-tls', 'prod-extra-ca-certs']) {
      const users = usersOf(secret);
      expect(users).toContain('prod-quay-app');
      expect(users?.some((name) => /database|postgres|redis/.test(name))).toBe(false);
    }
  });

  test('I5 with the hostname is never Redis or a database', () => {
    const [before, after] = [modelOf(), modelOf({ bundle: { 'config.yaml': 'SERVER_HOSTNAME: quay.example.test' } })];
    expect(after.redis).toEqual(before.redis);
    expect(after.postgres).toEqual(before.postgres);
    expect(after.clairPostgres).toEqual(before.clairPostgres);
    expect(after.redis?.podAnnotations).toEqual({});
  });

  test('P21 with an unrelated component is nothing', () => {
    const [before, after] = [resultOf(), resultOf({ components: unmanaged('monitoring') })];
    expect(after.secrets).toEqual(before.secrets);
    const { monitoring: _m, components: _a, ...left } = before.model;
    const { components: _b, ...same } = after.model;
    expect(same).toEqual(left);
  });

  test('with the configuration is Quay, the mirror workers and the migration', () => {
    expect(usersOf('prod-quay-config-secret')).toEqual(['prod-quay-app', 'prod-quay-app-upgrade', 'prod-quay-mirror']);
  });
});

describe('monitoring', () => {
  test('K30 has its Service, monitor, rules and roles', () => {
    expect(modelOf().monitoring).toMatchObject({
      service: 'prod-quay-metrics',
      serviceMonitor: 'prod-quay-metrics-monitor',
      rules: 'prod-quay-prometheus-rules',
      role: 'prod-quay-metrics',
      alertsRole: 'prod-quay-alerts-role',
      alertsRoleBinding: 'prod-quay-alerts-rolebinding',
    });
    expect(modelOf({ components: unmanaged('monitoring') })).not.toHaveProperty('monitoring');
  });

  test('P18 selects the pods of its registry alone', () => {
    expect(modelOf().monitoring?.selector).toEqual(selected('quay-app'));
    expect(modelOf().monitoring?.dashboard?.uid).not.toBe(modelOf({ name: 'test' }).monitoring?.dashboard?.uid);
  });

  test('K31 I16 has a dashboard that no other registry overwrites', () => {
    const { dashboard } = modelOf().monitoring ?? {};
    expect(dashboard).toMatchObject({
      name: 'prod.quay-grafana-dashboard-quay',
      namespace: 'openshift-config-managed',
      title: 'Quay - quay - prod',
    });
    const without = { ...openshift, hasDashboardNamespace: false };
    expect(modelOf({ on: without, components: [managed('monitoring')] }).monitoring).not.toHaveProperty('dashboard');
    expect(errorsOf({ on: without, components: [managed('monitoring')] })).toEqual([]);
  });

  test('P19 labels the namespace only where it is managed, and only on OpenShift', () => {
    expect(modelOf().monitoring?.namespaceLabels).toEqual({ 'openshift.io/cluster-monitoring': 'true' });
    expect(JSON.stringify(modelOf({ components: unmanaged('monitoring') }))).not.toContain('cluster-monitoring');
    const facts = { apis: { ...kubernetes.apis, monitoring: true } };
    const plain = modelOf({ on: kubernetes, facts, components: [managed('monitoring')] });
    expect(plain.monitoring?.namespaceLabels).toEqual({});
  });
});

describe('images', () => {
  const digest = `sha256:${'a'.repeat(64)}`;

  test("K43 are the options', else the installation's, else the defaults", () => {
    const facts = { release: { images: { quay: `registry.example.test/quay@${digest}`, redis: 'r:1' } } };
    const options = { images: { redis: 'registry.example.test:5000/redis:7' } };
    const { quay, mirror, migration, redis, clair } = modelOf({ facts, options });
    expect([quay, mirror, migration].map((part) => part?.image)).toEqual(
      Array(3).fill(`registry.example.test/quay@${digest}`),
    );
    expect(redis?.image).toBe('registry.example.test:5000/redis:7');
    expect(clair?.image).toMatch(/clair:/);
  });

  test.each([
    'registry.example.test:5000/quay/quay:3.15',
    `registry.example.test:5000/quay@${digest}`,
    `registry.example.test/quay:3.15@${digest}`,
    'quay:3',
  ])('K43 P26 may be named %s', (quay) => {
    expect(errorsOf({ options: { images: { quay } } })).toEqual([]);
  });

  test.each([
    'registry.example.test:5000/quay',
    'https://registry.example.test/quay:1',
    'Quay:1',
    'quay@sha256:1',
    'quay:',
  ])('K43 may not be named %s', (clair) => {
    expect(errorsOf({ options: { images: { clair } } })).toEqual([
      expect.stringContaining('error ComponentCreationFailed QuayRegistryOptions/prod spec.images.clair: '),
    ]);
  });

  test('do not follow a version that is stated, and that is said', () => {
    const given = { options: { version: '9' } };
    expect(modelOf(given).version).toBe('9');
    expect(faultsOf(given)).toEqual([expect.stringContaining('spec.version: is 9, and the image of Quay is still')]);
  });

  test('stay while upgrades are manual', () => {
    const facts = { release: { version: '4', images: { quay: 'quay:4' } }, deployedImages: { quay: 'quay:3' } };
    const given = { facts, options: { upgrades: 'Manual' }, currentVersion: '3' };
    expect([modelOf(given).version, modelOf(given).quay.image]).toEqual(['3', 'quay:3']);
    const next = { ...given, options: { upgrades: 'Manual', version: '4' } };
    expect([modelOf(next).version, modelOf(next).quay.image]).toEqual(['4', 'quay:4']);
    expect(modelOf({ facts, currentVersion: '3' }).version).toBe('4');
    const { deployedImages: _none, ...unknown } = facts;
    expect(errorsOf({ ...given, facts: unknown })).toEqual([expect.stringContaining('the images of 3 are not known')]);
  });
});

describe('network policies', () => {
  test('are off unless the options ask for them', () => {
    expect(modelOf().networkPolicies).toEqual([]);
  });

  test('let data be reached only by what uses it', () => {
    const policies = modelOf({ options: { networkPolicies: true }, components: unmanaged('redis') }).networkPolicies;
    expect(policies.map(({ name }) => name)).not.toContain('prod-quay-redis');
    const database = policies.find(({ name }) => name === 'prod-quay-database');
    expect(database).toMatchObject({ ports: [5432], podSelector: selected('postgres') });
    expect(database?.from).toContainEqual(selected('quay-app'));
    expect(database?.from).not.toContainEqual(selected('clair-app'));
    expect(policies.find(({ name }) => name === 'prod-quay-app')?.from).toBe('anyone');
  });
});

describe('two registries', () => {
  test('are told that they share a bundle or a database', () => {
    const uri = 'postgresql://quay:pw@DB.example.test/quay';
    const database = databaseIdentity('postgresql://other:secret@db.example.test:5432/quay') ?? '';
    const facts = { otherRegistries: [{ namespace: 'quay', name: 'second', bundle: 'bundle', database }] };
    const given = { facts, components: unmanaged('postgres'), bundle: { 'config.yaml': `DB_URI: ${uri}` } };
    expect(faultsOf(given)).toEqual([
      'warning ConfigInvalid QuayRegistry/prod spec.configBundleSecret: is the bundle of the QuayRegistry quay/second as well',
      'warning ConfigInvalid QuayRegistry/prod DB_URI: is the database of the QuayRegistry quay/second as well',
    ]);
    expect(database).not.toContain('db.example');
  });
});

test('K53 keys outlive their registry', () => {
  expect(
    modelOf()
      .secrets.filter(({ keep }) => keep)
      .map(({ name }) => name),
  ).toEqual(['prod-quay-registry-managed-secret-keys']);
});

describe('the order', () => {
  test('has an edge only where something needs the new state of something else', () => {
    const { edges, migration } = modelOf();
    expect(edges.map(({ object, after, until }) => `${object.name} ← ${after.name} ${until}`)).toEqual([
      `${migration.name} ← prod-quay-database Available`,
      `${migration.name} ← prod-quay-redis Available`,
      `${migration.name} ← prod-quay-datastore Bound`,
      `prod-quay-app ← ${migration.name} Complete`,
      `prod-quay-mirror ← ${migration.name} Complete`,
      'prod-clair-app ← prod-clair-postgres Available',
    ]);
  });

  test('waits for nothing that is not managed', () => {
    const components = unmanaged('postgres', 'redis', 'objectstorage', 'mirror', 'clairpostgres');
    expect(modelOf({ components }).edges).toHaveLength(1);
  });
});
