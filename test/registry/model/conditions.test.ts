import { describe, expect, test } from '@jest/globals';
import { type ConditionInputs, conditionsOf, type ObservedObjects } from '../../../src/registry/index.js';
import { type Given, kubernetes, managed, resultOf, standalone, unmanaged } from '../support/inputs.js';

const types = [
  'RolloutBlocked',
  'ComponentsCreated',
  'ComponentHPAReady',
  'ComponentRouteReady',
  'ComponentMonitoringReady',
  'ComponentPostgresReady',
  'ComponentObjectStorageReady',
  'ComponentClairReady',
  'ComponentClairPostgresReady',
  'ComponentTLSReady',
  'ComponentRedisReady',
  'ComponentQuayReady',
  'ComponentMirrorReady',
  'Available',
];

const up = { owned: true, availableReplicas: 2, isAvailable: true };
const job = { owned: true, active: 0, succeeded: 1 };
const now = '2026-06-01T12:00:00Z';

/** Everything that a model has, as it is when all is well. */
function healthy(given: Given): Required<ObservedObjects> {
  const { model } = resultOf(given);
  const there = <T>(names: readonly (string | undefined)[], value: T): Readonly<Record<string, T>> =>
    Object.fromEntries(names.filter((name) => name !== undefined).map((name) => [name, value]));
  const { quay, mirror, clair, redis, postgres, clairPostgres, monitoring } = model;
  const workloads = [quay, mirror, clair, redis, postgres, clairPostgres].map((part) => part?.name);
  return {
    deployments: there(workloads, up),
    claims: there([postgres?.claim.name, clairPostgres?.claim.name], { owned: true, phase: 'Bound' }),
    jobs: there([model.migration.name], job),
    routes: there(
      model.access.routes.map(({ name }) => name),
      { owned: true, admitted: true },
    ),
    bucketClaims: there([model.objectStorage?.name], { owned: true, phase: 'Bound' }),
    autoscalers: there(
      model.autoscalers.map(({ name }) => name),
      { owned: true },
    ),
    serviceMonitors: there([monitoring?.serviceMonitor], { owned: true }),
    rules: there([monitoring?.rules], { owned: true }),
  };
}

type Change = (observed: Required<ObservedObjects>) => ObservedObjects;
const conditionsIn = (given: Given, change: Change = (all) => all, more: Partial<ConditionInputs> = {}) => {
  const { model, faults } = resultOf(given);
  return conditionsOf({ model, faults, observed: change(healthy(given)), now, ...more });
};
const shown = (conditions: ReturnType<typeof conditionsOf>): Readonly<Record<string, string>> =>
  Object.fromEntries(conditions.map(({ type = '', status = '', reason = '' }) => [type, `${status} ${reason}`]));

const without = <T>(all: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));

describe('conditions', () => {
  test('K48 are fourteen, and a healthy registry is available', () => {
    const conditions = conditionsIn({});
    expect(conditions.map(({ type }) => type)).toEqual(types);
    const { RolloutBlocked, ComponentsCreated, Available, ...components } = shown(conditions);
    expect([RolloutBlocked, ComponentsCreated, Available]).toEqual([
      'False ComponentsCreationSuccess',
      'True ComponentsCreationSuccess',
      'True HealthChecksPassing',
    ]);
    expect(new Set(Object.values(components))).toEqual(new Set(['True ComponentReady']));
  });

  test("K48 of what is the user's say so", () => {
    const kinds = ['postgres', 'redis', 'clair', 'mirror', 'horizontalpodautoscaler'] as const;
    const given = {
      on: kubernetes,
      components: unmanaged(...kinds),
      bundle: { 'config.yaml': standalone },
      options: { access: { termination: 'edge' } },
    };
    const conditions = shown(conditionsIn(given));
    const others = Object.entries(conditions).filter(([, value]) => value === 'True ComponentNotManaged');
    expect(others.map(([type]) => type)).toEqual(
      types.filter((type) => /HPA|Route|Monitoring|Postgres|Storage|Clair|Redis|Mirror/.test(type)),
    );
    expect(conditions).toMatchObject({
      Available: 'True HealthChecksPassing',
      ComponentTLSReady: 'True ComponentReady',
    });
  });

  test('K16 P1 of autoscalers count those of managed components alone', () => {
    const given = { components: unmanaged('clair', 'mirror') };
    expect(shown(conditionsIn(given))).toMatchObject({
      ComponentHPAReady: 'True ComponentReady',
      Available: 'True HealthChecksPassing',
    });
    const gone: Change = (all) => ({ ...all, autoscalers: {} });
    expect(shown(conditionsIn(given, gone))['ComponentHPAReady']).toBe('False ComponentNotReady');
  });

  test.each([
    ['prod-quay-database', 'ComponentPostgresReady'],
    ['prod-clair-postgres', 'ComponentClairPostgresReady'],
    ['prod-clair-app', 'ComponentClairReady'],
    ['prod-quay-redis', 'ComponentRedisReady'],
    ['prod-quay-app', 'ComponentQuayReady'],
    ['prod-quay-mirror', 'ComponentMirrorReady'],
  ])(
    'K48 of a Deployment %s that is missing, foreign or down are false, and the registry is not available',
    (name, type) => {
      const changes: readonly Change[] = [
        (all) => ({ ...all, deployments: without(all.deployments, name) }),
        (all) => ({ ...all, deployments: { ...all.deployments, [name]: { ...up, owned: false } } }),
        (all) => ({ ...all, deployments: { ...all.deployments, [name]: { ...up, availableReplicas: 0 } } }),
        (all) => ({ ...all, deployments: { ...all.deployments, [name]: { ...up, isAvailable: false } } }),
      ];
      for (const change of changes) {
        expect(shown(conditionsIn({}, change))).toMatchObject({
          [type]: 'False ComponentNotReady',
          Available: 'False ComponentNotReady',
        });
      }
    },
  );

  test('K48 of Quay name what it waits for', () => {
    const change: Change = (all) => ({
      ...all,
      deployments: without(without(all.deployments, 'prod-quay-redis'), 'prod-quay-database'),
    });
    const quay = conditionsIn({}, change).find(({ type }) => type === 'ComponentQuayReady');
    expect(quay?.message).toBe('Waiting for Postgres, Redis');
  });

  test('K48 of a bucket, Routes and monitoring follow their objects', () => {
    const change: Change = (all) => ({
      ...all,
      bucketClaims: { 'prod-quay-datastore': { owned: true, phase: 'Pending' } },
      routes: { ...all.routes, 'prod-quay-builder': { owned: true, admitted: false } },
      rules: {},
    });
    expect(shown(conditionsIn({}, change))).toMatchObject({
      ComponentObjectStorageReady: 'False ComponentNotReady',
      ComponentRouteReady: 'False ComponentNotReady',
      ComponentMonitoringReady: 'False ComponentNotReady',
    });
  });

  test('K48 of TLS follow its faults', () => {
    const given = { components: unmanaged('tls') };
    expect(shown(conditionsIn(given))).toMatchObject({
      ComponentTLSReady: 'False ComponentNotReady',
      RolloutBlocked: 'True ConfigInvalid',
    });
  });

  test.each([
    ['is pending', undefined, 'PVCPending'],
    ['no such class', 'no such class', 'PVCProvisioningFailed'],
  ])('K49 of a database whose claim %s say it', (message, provisioningFailure, reason) => {
    const claim = { owned: true, phase: 'Pending', ...(provisioningFailure !== undefined && { provisioningFailure }) };
    const change: Change = (all) => ({
      ...all,
      deployments: { ...all.deployments, 'prod-quay-database': { ...up, availableReplicas: 0 } },
      claims: { ...all.claims, 'prod-quay-postgres-13': claim },
    });
    const conditions = conditionsIn({}, change);
    expect(shown(conditions)).toMatchObject({
      ComponentPostgresReady: `False ${reason}`,
      ComponentQuayReady: 'False ComponentNotReady',
      Available: 'False ComponentNotReady',
    });
    expect(conditions.find(({ type }) => type === 'ComponentPostgresReady')?.message).toContain(message);
  });

  test('K48 of what is scaled to nothing on purpose are true, and false on the way there', () => {
    const given = { components: [managed('mirror', { replicas: 0 })] };
    const at =
      (availableReplicas: number): Change =>
      (all) => ({
        ...all,
        deployments: { ...all.deployments, 'prod-quay-mirror': { ...up, availableReplicas, isAvailable: true } },
      });
    expect(shown(conditionsIn(given, at(0)))['ComponentMirrorReady']).toBe('True ComponentReady');
    expect(shown(conditionsIn(given, at(1)))['ComponentMirrorReady']).toBe('False ComponentNotReady');
  });

  test.each([
    [{}, 'MigrationsJobMissing'],
    [{ ...job, succeeded: 0, active: 1 }, 'MigrationsInProgress'],
    [{ ...job, succeeded: 0, failure: 'BackoffLimitExceeded' }, 'MigrationsFailed'],
    [{ ...job, owned: false, succeeded: 1 }, 'MigrationsInProgress'],
  ])('K48 of a migration %j are false with %s', (seen, reason) => {
    const { model } = resultOf();
    const change: Change = (all) => ({
      ...all,
      jobs: 'owned' in seen ? { [model.migration.name]: seen } : {},
    });
    expect(shown(conditionsIn({}, change))).toMatchObject({
      ComponentsCreated: `False ${reason}`,
      ComponentQuayReady: 'False ComponentNotReady',
    });
  });

  test('P7 stay true when the finished Job is deleted', () => {
    const change: Change = (all) => ({ ...all, jobs: {} });
    expect(shown(conditionsIn({}, change, { currentVersion: 'latest' }))['Available']).toBe('True HealthChecksPassing');
  });

  test('of mirror workers that are not managed do not wait for Quay', () => {
    const change: Change = (all) => ({ ...all, deployments: {} });
    expect(shown(conditionsIn({ components: unmanaged('mirror') }, change))['ComponentMirrorReady']).toBe(
      'True ComponentNotManaged',
    );
  });

  test('are unknown where objects could not be read', () => {
    const { model, faults } = resultOf();
    const conditions = shown(conditionsOf({ model, faults, observed: {}, now }));
    expect(conditions).toMatchObject({ ComponentRedisReady: 'Unknown Unknown', Available: 'False ComponentNotReady' });
  });

  test('I14 are there for a registry that its cluster cannot have', () => {
    const given = { on: kubernetes, components: [managed('objectstorage')] };
    const conditions = conditionsIn(given);
    expect(conditions.map(({ type }) => type)).toEqual(types);
    expect(shown(conditions)['RolloutBlocked']).toBe('True ObjectStorageComponentDependencyError');
  });

  test('RolloutBlocked names every fault with its hint', () => {
    const given = { components: [managed('route', { replicas: 2 }), managed('redis', { replicas: 2 })] };
    const blocked = conditionsIn(given).find(({ type }) => type === 'RolloutBlocked');
    expect(blocked?.message?.split('\n')).toHaveLength(2);
    expect(blocked?.message).toContain('(Take it out; it works for');
  });

  test('keep their times until they change', () => {
    const before = conditionsIn({});
    const later = { previous: before, now: '2026-06-01T13:00:00Z' };
    expect(conditionsIn({}, (all) => all, later)).toEqual(before);
    const change: Change = (all) => ({ ...all, deployments: without(all.deployments, 'prod-quay-redis') });
    const after = conditionsIn({}, change, later);
    const times: Record<string, string | undefined> = Object.fromEntries(
      after.map(({ type, lastTransitionTime }) => [type ?? '', lastTransitionTime]),
    );
    expect(times).toMatchObject({ ComponentRedisReady: later.now, Available: later.now, ComponentPostgresReady: now });
  });
});
