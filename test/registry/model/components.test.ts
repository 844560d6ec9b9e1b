import { describe, expect, test } from '@jest/globals';
import { componentOrder, presenceRules } from '../../../src/registry/index.js';
import {
  errorsOf,
  faultsOf,
  inputsOf,
  kubernetes,
  managed,
  modelOf,
  resultOf,
  standalone,
  unmanaged,
} from '../support/inputs.js';
import { modelRegistry } from '../../../src/registry/index.js';

const managedIn = (given: Parameters<typeof modelOf>[0]): readonly string[] =>
  modelOf(given)
    .components.filter((component) => component.managed)
    .map(({ kind }) => kind);

describe('components', () => {
  test('K5 are all managed where OpenShift offers everything, and say why', () => {
    const { components } = modelOf();
    expect(components.map(({ kind }) => kind)).toEqual(componentOrder);
    expect(components.every(({ managed: is, origin }) => is && origin === 'default')).toBe(true);
    expect(components.find(({ kind }) => kind === 'route')?.because).toContain('route.openshift.io');
  });

  test('K5 need nothing that plain Kubernetes lacks, and nothing is written into the spec', () => {
    const inputs = inputsOf({ on: kubernetes });
    const before = JSON.stringify(inputs.registry);
    const { components } = modelRegistry(inputs).model;
    expect(components.filter((component) => !component.managed).map(({ kind }) => kind)).toEqual([
      'objectstorage',
      'route',
      'monitoring',
      'tls',
    ]);
    expect(JSON.stringify(inputs.registry)).toBe(before);
  });

  test('K5 keep what the cluster may offer while that is unknown, and say so', () => {
    const given = {
      facts: { apis: { route: true, objectBucketClaim: undefined, monitoring: true, openshiftConfig: true } },
    };
    expect(managedIn(given)).toContain('objectstorage');
    expect(errorsOf(given)).toEqual([expect.stringContaining('error Unknown QuayRegistry/prod')]);
  });

  test('K4 are those of a registry that names no bundle', () => {
    const { model, faults, config } = resultOf();
    expect(faults).toEqual([]);
    expect(model.bundle).toBeUndefined();
    expect(config.quay).toMatchObject({ SETUP_COMPLETE: true, REGISTRY_TITLE: 'Quay', DEFAULT_TAG_EXPIRATION: '2w' });
  });

  test('K6 hear that quay is managed whatever the spec says, and the spec stays as it is', () => {
    const inputs = inputsOf({ components: unmanaged('quay') });
    const { model } = modelRegistry(inputs);
    expect(model.components[0]).toMatchObject({ managed: true, because: 'quay cannot be unmanaged' });
    expect(inputs.registry.spec?.components).toEqual(unmanaged('quay'));
    expect(faultsOf({ components: unmanaged('quay') })).toEqual([
      'warning ConfigInvalid QuayRegistry/prod spec.components[0].managed: quay cannot be unmanaged, and is managed',
    ]);
  });

  test.each([
    ['objectstorage', 'ObjectStorageComponentDependencyError'],
    ['monitoring', 'MonitoringComponentDependencyError'],
    ['route', 'RouteComponentDependencyError'],
    ['tls', 'RouteComponentDependencyError'],
  ] as const)('K7 I14 hear that %s is managed where the cluster cannot have it', (kind, reason) => {
    const config = `${standalone}`;
    const errors = errorsOf({ on: kubernetes, components: [managed(kind)], bundle: { 'config.yaml': config } });
    expect(errors).toContainEqual(
      expect.stringContaining(`error ${reason} QuayRegistry/prod spec.components[0]: ${kind} is`),
    );
  });

  test('W3 hear of a component that is listed twice', () => {
    expect(errorsOf({ components: [managed('redis'), ...unmanaged('clair'), managed('redis')] })).toContain(
      'error ConfigInvalid QuayRegistry/prod spec.components[2]: redis is listed already at spec.components[0]',
    );
  });

  test("do not deploy Clair's database for nobody", () => {
    expect(managedIn({ components: unmanaged('clair') })).not.toContain('clairpostgres');
  });
});

describe('the rules of who configures a component', () => {
  test.each(presenceRules.filter(({ exclusive }) => exclusive).map(({ kind, keys }) => [kind, keys] as const))(
    'K8 P30 refuse keys of %s beside a managed one, all keys in one fault, with line and way out',
    (kind, keys) => {
      const text = keys.map((key) => `${key}: x`).join('\n');
      const { faults } = resultOf({ bundle: { 'config.yaml': text } });
      const [fault, ...more] = faults.filter(({ message }) => message.startsWith(`${kind} is managed`));
      expect(more).toEqual([]);
      expect(fault?.message).toContain(keys.join(', '));
      expect(fault).toMatchObject({ severity: 'error', object: 'Secret/bundle', source: 'config.yaml', line: 1 });
      expect(fault?.hint).toContain(`set managed to false for ${kind}`);
    },
  );

  test.each(presenceRules.filter(({ required }) => required !== undefined).map(({ kind }) => kind))(
    'K8 want somebody to configure %s',
    (kind) => {
      const errors = errorsOf({ components: unmanaged(kind), bundle: { 'config.yaml': 'FEATURE_MAILING: false' } });
      expect(errors).toContainEqual(expect.stringContaining(`${kind} is not managed, and config.yaml does not say`));
    },
  );

  test.each(['mirror', 'clair', 'monitoring', 'horizontalpodautoscaler'] as const)(
    'K8 want nobody to configure %s',
    (kind) => {
      expect(errorsOf({ components: unmanaged(kind) })).toEqual([]);
    },
  );

  test('K8 leave Redis and the hostname to the user beside managed components', () => {
    const config = 'SERVER_HOSTNAME: quay.example.test\nPULL_METRICS_REDIS: {host: r, port: 1, db: 0}';
    expect(errorsOf({ bundle: { 'config.yaml': config } })).toEqual([]);
  });

  test("K8 want one database for Clair, managed or the user's", () => {
    const own = { 'config.yaml': 'FEATURE_MAILING: false', 'clair-config.yaml': 'indexer: {connstring: host=db}' };
    expect(managedIn({ bundle: own })).not.toContain('clairpostgres');
    expect(errorsOf({ bundle: own, components: [managed('clairpostgres')] })).toContainEqual(
      expect.stringContaining('clairpostgres is managed, and clair-config.yaml names a database'),
    );
    expect(errorsOf({ components: unmanaged('clairpostgres') })).toContainEqual(
      expect.stringContaining('clair is managed, and nothing names its database'),
    );
  });
});

describe('several faults', () => {
  test('come all at once, each with an object, a path and a hint', () => {
    const given = {
      name: 'has.dots',
      components: [managed('redis', { replicas: 2 }), ...unmanaged('quay')],
      options: { images: { quay: 'HTTP://x' } },
      bundle: { 'config.yaml': 'SERVER_HOSTNAME: https://x/y\nDB_URI: x', 'ssl.cert': 'x' },
    };
    const { faults } = resultOf(given);
    expect(new Set(faults.map(({ object }) => object))).toEqual(
      new Set(['QuayRegistry/has.dots', 'QuayRegistryOptions/has.dots', 'Secret/bundle']),
    );
    expect(faults.filter(({ hint }) => hint === undefined || hint === '')).toEqual([]);
    expect(faultsOf(given).length).toBeGreaterThanOrEqual(7);
  });

  test('N8 count a secretRef of what has no use for one', () => {
    const components = [{ kind: 'redis' as const, managed: false, secretRef: { name: 'x' } }];
    const config = 'BUILDLOGS_REDIS: {host: r}\nUSER_EVENTS_REDIS: {host: r}';
    expect(faultsOf({ components, bundle: { 'config.yaml': config } })).toEqual([
      'warning ConfigInvalid QuayRegistry/prod spec.components[0].secretRef: secretRef has a meaning for tls only, not for redis',
    ]);
  });
});
