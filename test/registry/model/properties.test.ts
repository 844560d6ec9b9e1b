import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ComponentKind } from '../../../src/api/index.js';
import { parseConfig } from '../../../src/registry/bundle/parse-config.js';
import { componentOrder, modelRegistry, type RegistryModel, writeConfig } from '../../../src/registry/index.js';
import { anyRegistry, canary } from '../support/arbitrary.js';
import {
  type Given,
  inputsOf,
  managed,
  modelOf,
  newRandomValues,
  openshift,
  resultOf,
  standalone,
  unmanaged,
} from '../support/inputs.js';

// Most of the time goes into making them.
const runs = { numRuns: 40 };

describe('of any registry, right or wrong', () => {
  test('there is a model, the same for the same inputs, and faults that say where and what to do', () => {
    fc.assert(
      fc.property(anyRegistry, (given) => {
        const inputs = inputsOf(given);
        const before = JSON.stringify(inputs);
        const [first, second] = [modelRegistry(inputs), modelRegistry(inputs)];
        expect(JSON.stringify(second)).toBe(JSON.stringify(first));
        expect(JSON.stringify(inputs)).toBe(before);
        expect(first.model.components.map(({ kind }) => kind)).toEqual(componentOrder);
        for (const fault of first.faults) {
          expect(fault.object).toMatch(/^\w+\/\S|^QuayRegistry/);
          expect(fault.message).not.toBe('');
          expect(fault.hint ?? '').not.toBe('');
        }
      }),
      runs,
    );
  });

  test('every reference leads to something', () => {
    fc.assert(
      fc.property(anyRegistry, (given) => {
        const { model, secrets } = resultOf(given);
        expect(danglingIn(model)).toEqual([]);
        expect(model.secrets.map(({ name }) => name)).toEqual(Object.keys(secrets).sort());
        for (const { name, keys } of model.secrets) {
          const { text = {}, binary = {} } = secrets[name] ?? {};
          expect(keys).toEqual([...Object.keys(text), ...Object.keys(binary)].sort());
        }
      }),
      runs,
    );
  });

  test('nothing secret is in the model or in a fault', () => {
    const secretTexts = [canary, ...Object.values(newRandomValues), openshift.bucket?.secretKey ?? ''];
    fc.assert(
      fc.property(anyRegistry, (given) => {
        const { model, faults } = resultOf(withoutOpenSecrets(given));
        const shown = JSON.stringify([model, faults]);
        expect(secretTexts.filter((text) => shown.includes(text)).map((text) => around(shown, text))).toEqual([]);
      }),
      runs,
    );
  });

  test('written configurations are read back as they are', () => {
    fc.assert(
      fc.property(anyRegistry, (given) => {
        const { config } = resultOf(given);
        const text = writeConfig(config.quay);
        const { values, faults } = parseConfig(text);
        expect(faults).toEqual([]);
        expect(writeConfig(values)).toBe(text);
      }),
      runs,
    );
  });
});

/** Where in a long text something stands. */
function around(text: string, word: string): string {
  const at = text.indexOf(word);
  return text.slice(Math.max(0, at - 100), at + 20);
}

/** What people themselves write where everybody may read it: names, labels, hostnames, images. */
function withoutOpenSecrets(given: Given): Given {
  const { options: _labels, components: _overrides, ...left } = given;
  return left;
}

/** References of a model that lead nowhere. */
function danglingIn(model: RegistryModel): readonly string[] {
  const { quay, mirror, migration, clair, redis, postgres, clairPostgres, objectStorage, access } = model;
  const parts = [quay, mirror, migration, clair, redis, postgres, clairPostgres].filter((part) => part !== undefined);
  const secrets = new Set(model.secrets.map(({ name }) => name));
  const configMaps = new Set(model.configMaps.map(({ name }) => name));
  const deployments = new Set(parts.filter((part) => part !== migration).map(({ name }) => name));
  const objects = new Set([
    ...[...deployments].map((name) => `Deployment/${name}`),
    `Job/${migration.name}`,
    ...(objectStorage ? [`ObjectBucketClaim/${objectStorage.name}`] : []),
  ]);
  const users = new Set([...deployments, migration.name]);
  const wanted = [
    ...[quay, mirror, migration].flatMap((part) => [part?.configSecret, part?.tlsSecret, part?.extraCaSecret]),
    ...[clair?.configSecret, redis?.passwordSecret, clair?.certificateSources.tlsSecret],
    ...[postgres, clairPostgres].flatMap((part) => [part?.credentialsSecret, part?.bootstrapSecret]),
  ].filter((name) => name !== undefined);
  const generated = parts.flatMap(({ env }) =>
    env
      .flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? [])
      .filter((name) => name.startsWith(`${model.name}-`)),
  );
  const maps = [
    ...[quay, mirror, migration].flatMap((part) => [part?.serviceCaConfigMap, part?.trustedCaConfigMap]),
    ...[postgres?.settingsConfigMap, clairPostgres?.settingsConfigMap],
  ].filter((name) => name !== undefined);
  return [
    ...[...wanted, ...generated].filter((name) => !secrets.has(name)).map((name) => `Secret/${name}`),
    ...maps.filter((name) => !configMaps.has(name)).map((name) => `ConfigMap/${name}`),
    ...model.edges
      .flatMap(({ object, after }) => [object, after])
      .map(({ kind, name }) => `${kind}/${name}`)
      .filter((ref) => !objects.has(ref)),
    ...model.autoscalers
      .filter(({ name }) => !deployments.has(name))
      .map(({ name }) => `HorizontalPodAutoscaler/${name}`),
    ...model.secrets.flatMap(({ usedBy }) => usedBy).filter((name) => !users.has(name)),
    ...access.routes.filter(({ service }) => service !== access.service.name).map(({ name }) => `Route/${name}`),
  ];
}

describe('of one component that changes', () => {
  /** Parts of the model that belong to a component, those that list all of them apart. */
  const partsOf = ({
    components: _c,
    edges: _e,
    secrets: _s,
    autoscalers: _a,
    configMaps: _m,
    ...model
  }: RegistryModel) => Object.entries(model).map(([part, value]) => [part, JSON.stringify(value)] as const);
  const changed = (before: RegistryModel, after: RegistryModel): readonly string[] => {
    const old = new Map(partsOf(before));
    const fresh = new Map(partsOf(after));
    return [...new Set([...old.keys(), ...fresh.keys()])].filter((part) => old.get(part) !== fresh.get(part)).sort();
  };
  const own: Readonly<Partial<Record<ComponentKind, readonly string[]>>> = {
    clair: ['clair', 'clairPostgres'],
    clairpostgres: ['clairPostgres'],
    mirror: ['mirror'],
    redis: ['redis'],
    postgres: ['postgres'],
    monitoring: ['monitoring'],
    objectstorage: ['objectStorage'],
    route: ['access', 'hostnames', 'annotations'],
    tls: ['access', 'quay'],
    horizontalpodautoscaler: ['quay', 'clair', 'mirror'],
  };

  test.each(Object.entries(own))('only the objects of %s change', (kind, parts) => {
    // The migration is another one with another database, and stays with the same.
    const allowed = [...parts, ...(kind === 'postgres' ? ['migration'] : [])];
    const after = modelOf({ components: unmanaged(kind as ComponentKind) });
    expect(changed(modelOf(), after).filter((part) => !allowed.includes(part))).toEqual([]);
  });

  test('only its own workload changes with an override', () => {
    for (const kind of ['clair', 'mirror', 'redis', 'postgres'] as const) {
      const after = modelOf({ components: [managed(kind, { env: [{ name: 'A', value: 'b' }] })] });
      expect(changed(modelOf(), after)).toEqual([kind]);
    }
  });

  test('only what mounts the configuration rolls with a value of the user', () => {
    const [before, after] = [resultOf(), resultOf({ bundle: { 'config.yaml': 'REGISTRY_TITLE: Ours' } })];
    const differ = Object.keys(after.secrets).filter(
      (name) => JSON.stringify(after.secrets[name]) !== JSON.stringify(before.secrets[name]),
    );
    expect(differ).toEqual(['prod-quay-config-secret']);
    expect(changed(before.model, after.model)).toEqual(['bundle']);
    expect(standalone).toContain('SERVER_HOSTNAME');
  });
});
