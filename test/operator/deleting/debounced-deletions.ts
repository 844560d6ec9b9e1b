import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Harness } from '../../fixtures/operator/harness.js';
import { conditionOf } from '../../fixtures/operator/objects.js';
import { cluster } from './cluster.js';

describe('deletions are gathered', () => {
  let harness: Harness;

  beforeAll(async () => {
    await cluster.start();
  });
  afterEach(async () => {
    harness.quay.faults.clear();
    await harness.close();
  });
  afterAll(() => cluster.stopOperators());

  const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
  const open = async (names: readonly string[], spec: object): Promise<void> => {
    harness = await Harness.open(cluster, { spec: { interval: '1h', ...spec } });
    await harness.projects(names, ['web']);
    await harness.ready(names);
  };
  const held = async () => (await harness.integration()).status?.held;
  const path = (name: string): string => `/api/v1/organization/${harness.organization(name)}`;
  /** Longer than deletions are gathered in these tests. */
  const slowly = (name: string): void =>
    void harness.quay.faults.inject({ method: 'GET', path: `${path(name)}$`, delayMs: 9_000, times: 100_000 });

  test('an organization that takes long to be observed counts with those that were collected without it', async () => {
    const names = ['a', 'b', 'c'];
    await open(names, { deletionLimit: 2 });
    slowly('c');
    await cluster.delete('namespace', ...names.map((name) => harness.namespace(name)));
    const organizations = names.map((name) => harness.organization(name));
    await until(async () => expect((await held())?.organizations?.names).toEqual(organizations));
    expect(harness.deletes()).toEqual([]);
  });

  test('repositories that are held stay so over a restart, also when they are not all found at once', async () => {
    const names = ['a', 'b', 'c'];
    await open(names, { deletionLimit: 1, repositoryDeletionPolicy: 'Delete' });
    const repositories = names.map((name) => `${harness.organization(name)}/web`);
    for (const name of names) await cluster.delete('imagestream', 'web', '-n', harness.namespace(name));
    await until(async () => expect((await held())?.repositories?.names).toEqual(repositories));

    await cluster.stopOperators();
    ['b', 'c'].forEach(slowly);
    harness.quay.requests.reset();
    await cluster.start();
    const looks = (): number =>
      harness.quay.requests.list().filter((call) => call.method === 'GET' && call.path === path('b')).length;
    // Its first look, and the one of all that are held.
    await until(() => expect(looks()).toBeGreaterThan(1));
    harness.quay.faults.clear();
    expect((await held())?.repositories?.names).toEqual(repositories);
    expect(harness.deletes()).toEqual([]);

    const hash = (await held())?.repositories?.hash ?? '';
    await harness.annotate({ 'quayside.dev/release-deletions': hash });
    const deleted = repositories.map((name) => `/api/v1/repository/${name}`);
    await until(() => expect([...harness.deletes()].sort()).toEqual(deleted));
  });

  test('a deletion that failed is tried again, also when repositories of others went along with it', async () => {
    await open(['a', 'b'], { repositoryDeletionPolicy: 'Delete' });
    harness.quay.faults.inject({ method: 'DELETE', path: `${path('a')}$`, status: 500, times: 100_000 });
    await cluster.delete('imagestream', 'web', '-n', harness.namespace('b'));
    await cluster.delete('namespace', harness.namespace('a'));
    await until(() => expect(harness.deletes()).toContain(`/api/v1/repository/${harness.organization('b')}/web`));
    await until(async () => expect(conditionOf(await harness.object('a'), 'Ready').message).toContain('500'));
    harness.quay.faults.clear();
    await until(() => expect(harness.organizations()).toEqual([harness.organization('b')]));
    await until(async () => expect(await harness.hasObject('a')).toBe(false));
  });
});
