import { describe, expect, test } from '@jest/globals';
import { type ComponentKind, type Override } from '../../../src/api/index.js';
import { componentOrder, overrideKinds } from '../../../src/registry/index.js';
import { errorsOf, faultsOf, type Given, managed, modelOf, openshift, unmanaged } from '../support/inputs.js';

const values: Required<Override> = {
  affinity: { nodeAffinity: {} },
  annotations: { note: 'x' },
  env: [{ name: 'NEW', value: 'x' }],
  labels: { team: 'x' },
  replicas: 3,
  resources: { requests: { cpu: '1' } },
  securityContext: { runAsNonRoot: true },
  storageClassName: 'fast',
  volumeSize: '80Gi',
};
const names = Object.keys(values) as (keyof Override)[];
const noAutoscaler = unmanaged('horizontalpodautoscaler');
const withOverride = (kind: ComponentKind, overrides: Override, more: Given = {}): Given => ({
  ...more,
  components: [managed(kind, overrides), ...noAutoscaler],
});

describe('an override', () => {
  const pairs = componentOrder.flatMap((kind) => names.map((name) => [name, kind] as const));
  // Beside an autoscaler replicas are refused, and it is no other component that has the override then.
  const only = (kind: ComponentKind, overrides: Override): Given =>
    kind === 'horizontalpodautoscaler' ? { components: [managed(kind, overrides)] } : withOverride(kind, overrides);

  test.each(pairs)('K9 %s of %s is applied, or said to have no effect', (name, kind) => {
    const given = only(kind, { [name]: values[name] });
    const faults = faultsOf(given);
    const isApplied = JSON.stringify(modelOf(given)) !== JSON.stringify(modelOf(only(kind, {})));
    expect(isApplied).toBe(overrideKinds[name].includes(kind));
    const severity = name === 'labels' || name === 'annotations' ? 'warning' : 'error';
    const said = `${severity} ComponentOverrideInvalid QuayRegistry/prod spec.components[0].overrides.${name}: has no effect on ${kind}`;
    expect(faults).toEqual(overrideKinds[name].includes(kind) ? [] : [said]);
  });

  test('K9 of replicas is refused beside an autoscaler, but for 0', () => {
    const given = (replicas: number): Given => ({ components: [managed('quay', { replicas })] });
    expect(errorsOf(given(3))).toEqual([
      'error ComponentOverrideInvalid QuayRegistry/prod spec.components[0].overrides.replicas: the autoscaler decides on the number of pods',
    ]);
    expect(errorsOf(given(0))).toEqual([]);
  });

  test('K10 sets variables in place or behind the others, of Jobs as well', () => {
    const env = [
      { name: 'DEBUGLOG', value: 'true' },
      { name: 'NEW', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ];
    const { quay, migration, mirror } = modelOf(withOverride('quay', { env }));
    for (const pod of [quay, migration]) {
      expect(pod.env.filter(({ name }) => name === 'DEBUGLOG')).toEqual([env[0]]);
      expect(pod.env.findIndex(({ name }) => name === 'DEBUGLOG')).toBe(2);
      expect(pod.env.at(-1)).toEqual(env[1]);
    }
    expect(mirror?.env.some(({ name }) => name === 'NEW')).toBe(false);
  });

  test('K11 of labels, annotations and affinity is on the Deployment and its pods', () => {
    const overrides = { labels: { team: 'x' }, annotations: { note: 'y' }, affinity: { nodeAffinity: {} } };
    const { clair } = modelOf(withOverride('clair', overrides));
    expect(clair?.labels).toMatchObject({ team: 'x', 'quay-component': 'clair-app' });
    expect(clair?.podLabels).toMatchObject({ team: 'x', 'quay-component': 'clair-app' });
    expect(clair?.selector).toEqual({ 'quay-component': 'clair-app', 'quay-operator/quayregistry': 'prod' });
    expect(clair?.annotations).toMatchObject({ note: 'y', 'quay-component': 'clair' });
    expect(clair?.podAnnotations).toEqual({ note: 'y' });
    expect(clair?.placement.affinity).toEqual({ nodeAffinity: {} });
  });

  test('K11 I2 of a label or annotation that says what an object is changes nothing, and is said', () => {
    const overrides = {
      labels: { 'quay-component': 'x', app: 'y' },
      annotations: { 'quay-component': 'x', 'quay-registry-hostname': 'evil.example.test' },
    };
    const given = withOverride('quay', overrides);
    const { quay } = modelOf(given);
    expect(quay.podLabels).toMatchObject({ 'quay-component': 'quay-app', app: 'quay' });
    expect(quay.annotations).toEqual({ 'quay-component': 'quay' });
    expect(JSON.stringify(quay)).not.toContain('evil');
    expect(faultsOf(given)).toHaveLength(4);
    expect(errorsOf(given)).toEqual([]);
  });

  test('K11 of a security context takes the place of the built-in one, of Jobs as well', () => {
    const { quay, migration } = modelOf(withOverride('quay', { securityContext: { runAsUser: 7 } }));
    expect([quay.securityContext, migration.securityContext]).toEqual([{ runAsUser: 7 }, { runAsUser: 7 }]);
  });

  test.each(overrideKinds.resources)('K12 of resources reaches the Deployment of %s', (kind) => {
    const resources = { requests: { cpu: '100m', memory: '1Gi' }, limits: { cpu: '1', memory: '2Gi' } };
    const model = modelOf(withOverride(kind, { resources }));
    const parts = { ...model, clairpostgres: model.clairPostgres };
    expect(parts[kind as 'quay']?.resources).toEqual(resources);
  });

  test('I3 of requests leaves the built-in limits, unless they are lower', () => {
    const resourcesOf = (resources: Override['resources']) =>
      modelOf(withOverride('quay', { resources })).quay.resources;
    expect(resourcesOf({ requests: { memory: '4Gi' } })).toEqual({
      requests: { memory: '4Gi' },
      limits: { cpu: '2000m', memory: '8Gi' },
    });
    expect(resourcesOf({ requests: { memory: '16Gi' } }).limits).toEqual({ cpu: '2000m' });
    expect(resourcesOf({ limits: { memory: '1Gi', cpu: 1 } }).requests).toBeUndefined();
    expect(resourcesOf({})).toEqual({
      requests: { cpu: '2000m', memory: '8Gi' },
      limits: { cpu: '2000m', memory: '8Gi' },
    });
    expect(resourcesOf({ limits: {} }).limits).toEqual({});
  });
});

describe('a volume', () => {
  test('K13 has the size and class of the override', () => {
    const overrides = { volumeSize: '80Gi', storageClassName: 'fast' };
    const { postgres, clairPostgres, clair } = modelOf({
      components: [managed('postgres', overrides), managed('clairpostgres', overrides), managed('clair', overrides)],
    });
    expect(postgres?.claim).toMatchObject({ name: 'prod-quay-postgres-13', size: '80Gi', storageClassName: 'fast' });
    expect(clairPostgres?.claim).toMatchObject({
      name: 'prod-clair-postgres-15',
      size: '80Gi',
      storageClassName: 'fast',
    });
    expect(clair?.scratch).toEqual({ size: '80Gi', storageClassName: 'fast' });
    expect(modelOf().postgres?.claim).toEqual({ name: 'prod-quay-postgres-13', size: '50Gi', keep: true });
    expect(modelOf().clair?.scratch).toEqual({ size: '20Gi' });
  });

  test('K13 P25 may be smaller than 50Gi when it is made', () => {
    const given = { components: [managed('postgres', { volumeSize: '5Gi' })] };
    expect(errorsOf(given)).toEqual([]);
    expect(modelOf(given).postgres?.claim.size).toBe('5Gi');
  });

  test('K13 is not made smaller than it is', () => {
    const facts = { claims: { 'prod-quay-postgres-13': '80Gi' } };
    const keys = {
      known: true,
      values: { DATABASE_SECRET_KEY: 'a', SECRET_KEY: 'b', DB_URI: 'postgresql://a:b@c:5432/d' },
    } as const;
    const given = (volumeSize: string) => ({ facts, keys, components: [managed('postgres', { volumeSize })] });
    expect(errorsOf(given('60Gi'))).toEqual([
      'error ComponentCreationFailed QuayRegistry/prod spec.components[0].overrides.volumeSize: the claim prod-quay-postgres-13 has 80Gi, and a volume cannot shrink to 60Gi',
    ]);
    expect(errorsOf(given('81920Mi'))).toEqual([]);
    expect(errorsOf(given('0'))).toHaveLength(1);
  });
});

describe('the number of pods', () => {
  const replicasOf = (overrides?: Override, components = noAutoscaler) =>
    modelOf({ components: [managed('mirror', overrides), ...components] }).mirror?.replicas;

  test('K14 is two, or what the override says', () => {
    expect([replicasOf(), replicasOf({ replicas: 1 }), replicasOf({ replicas: 0 })]).toEqual([2, 1, 0]);
  });

  test('P4 stays two beside overrides of something else', () => {
    expect(replicasOf({ labels: { a: 'b' } })).toBe(2);
    expect(replicasOf({ resources: {} })).toBe(2);
  });

  test("K69 is left to a user's own autoscaler by null", () => {
    expect(replicasOf({ replicas: null })).toBeUndefined();
  });

  test('K14 is left to the managed autoscaler, which 0 stops', () => {
    expect(replicasOf({}, [])).toBeUndefined();
    expect(replicasOf({ replicas: 0 }, [])).toBe(0);
  });

  test('of databases and Redis is one', () => {
    const { postgres, clairPostgres, redis } = modelOf();
    expect([postgres, clairPostgres, redis].map((part) => part?.replicas)).toEqual([1, 1, 1]);
  });
});

describe('an autoscaler', () => {
  test('K15 is there for what has several pods and is managed', () => {
    expect(modelOf().autoscalers).toEqual([
      { name: 'prod-quay-app', component: 'quay', minReplicas: 2, maxReplicas: 20, cpu: 90, memory: 90 },
      { name: 'prod-clair-app', component: 'clair', minReplicas: 2, maxReplicas: 10, cpu: 90, memory: 90 },
      { name: 'prod-quay-mirror', component: 'mirror', minReplicas: 2, maxReplicas: 20, cpu: 90, memory: 90 },
    ]);
    const without = modelOf({ components: unmanaged('clair', 'mirror') }).autoscalers;
    expect(without.map(({ name }) => name)).toEqual(['prod-quay-app']);
    expect(modelOf({ components: noAutoscaler }).autoscalers).toEqual([]);
  });

  test('K15 has the bounds of the options', () => {
    const options = { components: { quay: { autoscaling: { minReplicas: 3, maxReplicas: 5, cpu: 70 } } } };
    expect(modelOf({ options }).autoscalers[0]).toEqual({
      name: 'prod-quay-app',
      component: 'quay',
      minReplicas: 3,
      maxReplicas: 5,
      cpu: 70,
    });
    const upside = { components: { clair: { autoscaling: { minReplicas: 30, maxReplicas: 3 } } } };
    expect(errorsOf({ options: upside })).toHaveLength(1);
  });
});

test('K55 requests and limits are left out of installations for tests, but for what the user states', () => {
  const model = modelOf({
    facts: { skipResourceRequests: true },
    components: [managed('clair', { resources: { limits: { cpu: 1 } } })],
  });
  expect([model.quay.resources, model.redis?.resources, model.migration.resources]).toEqual([{}, {}, {}]);
  expect(model.clair?.resources).toEqual({ limits: { cpu: 1 } });
});

describe('options of the pods', () => {
  const placed = {
    nodeSelector: { 'node-role.kubernetes.io/infra': '' },
    tolerations: [{ key: 'infra', operator: 'Exists' }],
    priorityClassName: 'registry',
  };

  test('K65 place every workload on infra nodes', () => {
    const kinds = ['quay', 'clair', 'mirror', 'postgres', 'clairpostgres', 'redis'];
    const components = Object.fromEntries(kinds.map((kind) => [kind, placed]));
    const { quay, clair, mirror, postgres, clairPostgres, redis } = modelOf({ options: { components } });
    for (const part of [quay, clair, mirror, postgres, clairPostgres, redis])
      expect(part?.placement).toMatchObject(placed);
  });

  test('P27 place Jobs, and give them resources, labels and affinity', () => {
    const jobs = {
      ...placed,
      labels: { team: 'x' },
      resources: { limits: { cpu: '1' } },
      affinity: { nodeAffinity: {} },
      imagePullSecrets: ['pull'],
    };
    const { migration } = modelOf({ options: { jobs } });
    expect(migration.placement).toEqual({ ...placed, affinity: { nodeAffinity: {} } });
    expect(migration.labels).toMatchObject({ team: 'x', 'quay-component': 'quay-app-upgrade' });
    expect(migration.podLabels).toMatchObject({ team: 'x' });
    expect(migration.resources.limits).toEqual({ cpu: '1' });
    expect(migration.imagePullSecrets).toEqual(['pull']);
  });

  test('give a workload identity, a budget and a spread over zones', () => {
    const quay = {
      serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn' } },
      disruptionBudget: { maxUnavailable: '50%' },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
    };
    const model = modelOf({ options: { components: { quay } } });
    expect(model.quay.serviceAccount.annotations).toMatchObject({ 'eks.amazonaws.com/role-arn': 'arn' });
    expect(model.mirror?.serviceAccount).toEqual(model.quay.serviceAccount);
    expect(model.quay.disruptionBudget).toEqual({ name: 'prod-quay-app', maxUnavailable: '50%' });
    const [constraint] = model.quay.placement.topologySpreadConstraints ?? [];
    expect(constraint?.labelSelector?.matchLabels).toMatchObject({ 'quay-component': 'quay-app' });
  });

  test('make the databases run as their own user on plain Kubernetes, which OpenShift refuses', () => {
    const on = { ...openshift, apis: { ...openshift.apis, route: false, openshiftConfig: false } };
    const facts = { runAsUser: 26, runAsGroup: 26, fsGroup: 26, runAsNonRoot: true };
    expect(modelOf({ on }).postgres?.podSecurityContext).toEqual(facts);
    expect(modelOf().postgres?.podSecurityContext).toBeUndefined();
    const options = { components: { postgres: { podSecurityContext: { runAsUser: 26 } } } };
    expect(errorsOf({ options })).toContainEqual(expect.stringContaining('OpenShift refuses'));
    expect(errorsOf({ options, on, components: unmanaged('route', 'tls') })).not.toContainEqual(
      expect.stringContaining('OpenShift refuses'),
    );
  });
});
