import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { conditionOf } from './objects.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
afterEach(async () => {
  bridge.quay.faults.clear();
  await bridge.close();
});
afterAll(() => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const open = async (names: readonly string[], spec: object): Promise<void> => {
  bridge = await Bridge.open(cluster, { spec: { interval: '1h', ...spec } });
  await bridge.projects(names, ['web']);
  await bridge.ready(names);
};
const held = async () => (await bridge.integration()).status?.held;
const path = (name: string): string => `/api/v1/organization/${bridge.organization(name)}`;
/** Longer than deletions are gathered in these tests. */
const slowly = (name: string): void =>
  void bridge.quay.faults.inject({ method: 'GET', path: `${path(name)}$`, delayMs: 9_000, times: 100_000 });

test('an organization that takes long to be looked at counts with those that were gathered without it', async () => {
  const names = ['a', 'b', 'c'];
  await open(names, { deletionLimit: 2 });
  slowly('c');
  await cluster.delete('namespace', ...names.map((name) => bridge.namespace(name)));
  const organizations = names.map((name) => bridge.organization(name));
  await until(async () => expect((await held())?.organizations?.names).toEqual(organizations));
  expect(bridge.deletes()).toEqual([]);
});

test('repositories that are held stay so over a restart, also when they are not all found at once', async () => {
  const names = ['a', 'b', 'c'];
  await open(names, { deletionLimit: 1, repositoryDeletionPolicy: 'Delete' });
  const repositories = names.map((name) => `${bridge.organization(name)}/web`);
  for (const name of names) await cluster.delete('imagestream', 'web', '-n', bridge.namespace(name));
  await until(async () => expect((await held())?.repositories?.names).toEqual(repositories));

  await cluster.stopOperators();
  ['b', 'c'].forEach(slowly);
  bridge.quay.requests.reset();
  await cluster.start();
  const looks = (): number =>
    bridge.quay.requests.list().filter((call) => call.method === 'GET' && call.path === path('b')).length;
  // Its first look, and the one of all that are held.
  await until(() => expect(looks()).toBeGreaterThan(1));
  bridge.quay.faults.clear();
  expect((await held())?.repositories?.names).toEqual(repositories);
  expect(bridge.deletes()).toEqual([]);

  const hash = (await held())?.repositories?.hash ?? '';
  await bridge.annotate({ 'quayside.dev/release-deletions': hash });
  const deleted = repositories.map((name) => `/api/v1/repository/${name}`);
  await until(() => expect([...bridge.deletes()].sort()).toEqual(deleted));
});

test('a deletion that failed is tried again, also when repositories of others went along with it', async () => {
  await open(['a', 'b'], { repositoryDeletionPolicy: 'Delete' });
  bridge.quay.faults.inject({ method: 'DELETE', path: `${path('a')}$`, status: 500, times: 100_000 });
  await cluster.delete('imagestream', 'web', '-n', bridge.namespace('b'));
  await cluster.delete('namespace', bridge.namespace('a'));
  await until(() => expect(bridge.deletes()).toContain(`/api/v1/repository/${bridge.organization('b')}/web`));
  await until(async () => expect(conditionOf(await bridge.object('a'), 'Ready').message).toContain('500'));
  bridge.quay.faults.clear();
  await until(() => expect(bridge.organizations()).toEqual([bridge.organization('b')]));
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
});
