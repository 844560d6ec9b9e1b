import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { registryManifests } from '../../../src/manifests/index.js';
import { anyRegistry, canary } from '../support/arbitrary.js';
import { managed, modelOf, newRandomValues, openshift, unmanaged } from '../support/inputs.js';
import { manifestsOf } from './rendered.js';

test('of any registry there are manifests, the same for the same inputs, each object once', async () => {
  await fc.assert(
    fc.asyncProperty(anyRegistry, async (given) => {
      const model = modelOf(given);
      const manifests = await registryManifests(model);
      expect(JSON.stringify(await registryManifests(model))).toBe(JSON.stringify(manifests));
      const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 25 },
  );
});

test('of any registry the manifests hold no generated key and no login of the bucket', async () => {
  const secret = [...Object.values(newRandomValues), openshift.bucket?.secretKey ?? canary];
  await fc.assert(
    fc.asyncProperty(anyRegistry, async (given) => {
      const text = JSON.stringify(await manifestsOf(given));
      expect(secret.filter((one) => text.includes(one))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test.each(['clair', 'mirror', 'redis', 'postgres', 'monitoring', 'route'] as const)(
  'an override of %s changes only its own objects, and the migration where they share a database',
  async (kind) => {
    const texts = async (given: Parameters<typeof manifestsOf>[0]): Promise<ReadonlyMap<string, string>> =>
      new Map((await manifestsOf(given)).map((one) => [`${one.kind}/${one.metadata.name}`, JSON.stringify(one)]));
    const [before, after] = await Promise.all([
      texts({}),
      texts({ components: [managed(kind, { labels: { team: 'a' }, annotations: { note: 'b' } })] }),
    ]);
    const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
    const own: Readonly<Record<string, readonly string[]>> = {
      clair: ['Deployment/prod-clair-app'],
      mirror: ['Deployment/prod-quay-mirror'],
      redis: ['Deployment/prod-quay-redis'],
      postgres: ['Deployment/prod-quay-database'],
      monitoring: [],
      route: ['Route/prod-quay', 'Route/prod-quay-builder'],
    };
    expect(changed.sort()).toEqual(own[kind]);
  },
);

test('P21 letting go of a component changes no pod but its own and those that read its configuration', async () => {
  const pods = async (given: Parameters<typeof manifestsOf>[0]): Promise<ReadonlyMap<string, string>> =>
    new Map(
      (await manifestsOf(given))
        .filter(({ kind }) => kind === 'Deployment')
        .map((one) => [one.metadata.name, JSON.stringify((one.spec as { readonly template: object }).template)]),
    );
  const before = await pods({});
  for (const kind of ['monitoring', 'horizontalpodautoscaler', 'mirror'] as const) {
    const after = await pods({ components: unmanaged(kind) });
    expect([...after].filter(([name, text]) => before.get(name) !== text)).toEqual([]);
  }
});
