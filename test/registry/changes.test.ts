import { describe, expect, test } from '@jest/globals';
import { registryManifests, secretManifests } from '../../src/manifests/index.js';
import { differences, type Manifest, type ManifestChange, planChanges } from '../../src/registry/index.js';
import { type Given, managed, resultOf, unmanaged } from './support/inputs.js';

async function all(given: Given): Promise<readonly Manifest[]> {
  const { model, secrets } = resultOf(given);
  return [...(await registryManifests(model)), ...(await secretManifests(model, secrets))];
}

async function changes(before: Given, after: Given, prune = false): Promise<readonly ManifestChange[]> {
  const { model } = resultOf(after);
  const compared = { namespace: 'quay', whole: true, prune, secrets: model.secrets };
  return planChanges({ ...compared, found: await all(before), wanted: await all(after) });
}

const words = (list: readonly ManifestChange[]): readonly string[] =>
  list.map(
    ({ object, action, rolls, risk }) => `${action} ${object}${rolls === undefined ? '' : ` rolls: ${rolls}`} ${risk}`,
  );

describe('what an apply would change', () => {
  test('nothing, where nothing differs', async () => {
    expect(await changes({}, {})).toEqual([]);
  });

  test('everything is new in an empty cluster', async () => {
    const { model } = resultOf();
    const wanted = await registryManifests(model);
    const planned = planChanges({ namespace: 'quay', wanted, found: [], whole: false, secrets: [], prune: false });
    expect(new Set(planned.map(({ action }) => action))).toEqual(new Set(['create']));
    expect(planned).toHaveLength(wanted.length);
  });

  test('an override says which pods restart and why, and that a database is away meanwhile', async () => {
    const env = [{ name: 'X', value: '1' }];
    expect(words(await changes({}, { components: [managed('quay', { env })] }))).toEqual([
      expect.stringMatching(/^replace Job\/prod-quay-app-upgrade-\w+ rolls: .* runs again restart$/),
      'change Deployment/prod-quay-app rolls: spec.containers[quay-app].env[X] changes restart',
    ]);
    expect(words(await changes({}, { components: [managed('postgres', { env })] }))).toEqual([
      'change Deployment/prod-quay-database rolls: spec.containers[postgres].env[X] changes outage',
    ]);
  });

  test('P21 letting go of monitoring restarts nothing', async () => {
    const planned = await changes({}, { components: unmanaged('monitoring') });
    expect(planned.filter(({ rolls }) => rolls !== undefined)).toEqual([]);
    expect(new Set(planned.map(({ action }) => action))).toEqual(new Set(['release']));
  });

  test('what is no longer wanted is released, or deleted where that is asked for, but never data', async () => {
    const after = { components: unmanaged('clair', 'clairpostgres') };
    const pruned = words(await changes({}, after, true));
    expect(pruned).toContain('delete Deployment/prod-clair-app outage');
    expect(pruned).toContain('release PersistentVolumeClaim/prod-clair-postgres-15 data');
    expect(words(await changes({}, after))).toContain('release Deployment/prod-clair-app none');
  });

  test('a changed Secret restarts those that read it, and is not shown', async () => {
    const bundle = { 'config.yaml': 'SERVER_HOSTNAME: quay.example.test\nREGISTRY_TITLE: hidden-title\n' };
    const planned = await changes({ bundle: { 'config.yaml': 'SERVER_HOSTNAME: quay.example.test\n' } }, { bundle });
    expect(words(planned)).toEqual([
      'change Secret/prod-quay-config-secret none',
      'change Deployment/prod-quay-app rolls: Secret/prod-quay-config-secret changes restart',
      'change Deployment/prod-quay-mirror rolls: Secret/prod-quay-config-secret changes restart',
    ]);
    expect(JSON.stringify(planned)).not.toContain('hidden-title');
  });
});

describe('differences', () => {
  test('of a live object count only what is wanted, and quantities by what they are', () => {
    const wanted = { spec: { resources: { cpu: '2000m', memory: '8Gi' }, env: [{ name: 'a', value: '1' }] } };
    const found = {
      spec: { resources: { cpu: '2', memory: '8Gi' }, env: [{ name: 'a', value: '1' }], more: true },
      status: {},
    };
    expect(differences(wanted, found, false)).toEqual([]);
    expect(differences(wanted, found, true).map(({ path }) => path)).toEqual(['spec.more', 'status']);
  });

  test('of lists go by names, whatever their order', () => {
    const from = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ];
    const to = [
      { name: 'b', value: '3' },
      { name: 'c', value: '4' },
    ];
    expect(differences(to, from, true, 'env')).toEqual([
      { path: 'env[b].value', from: '2', to: '3' },
      { path: 'env[c]', to: { name: 'c', value: '4' } },
      { path: 'env[a]', from: { name: 'a', value: '1' } },
    ]);
  });
});
