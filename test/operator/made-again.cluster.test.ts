import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { demandPullSecrets, tokens } from './pull-secrets.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  // No sweep comes to the rescue: what is remembered has to be right by itself.
  bridge = await Bridge.open(cluster, { spec: { interval: '1h' } });
  await bridge.projects(['a'], ['web']);
  await bridge.ready(['a']);
});
afterEach(async () => bridge.close());
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const organization = (): string => bridge.organization('a');
const deleteNamespace = (): Promise<unknown> =>
  cluster.plane.kubectl(['delete', 'namespace', bridge.namespace('a'), '--timeout=20s']);

/** The namespace is made again, and has to get everything anew. */
async function makeAgain(before: Readonly<Record<string, string>>): Promise<void> {
  bridge.quay.runGarbageCollector();
  await bridge.projects(['a'], ['web']);
  await bridge.ready(['a']);
  expect(bridge.organizations()).toEqual([organization()]);
  const now = await tokens(bridge, 'a');
  expect(Object.keys(now)).toEqual(Object.keys(before));
  for (const [robot, token] of Object.entries(before)) expect(now[robot]).not.toBe(token);
  await demandPullSecrets(bridge, 'a');
  await bridge.ask('GET', `/repository/${organization()}/web`);
}

test('a namespace that is deleted and made again under its name gets a new organization, and secrets with its tokens', async () => {
  const before = await tokens(bridge, 'a');
  await deleteNamespace();
  await until(() => expect(bridge.organizations()).toEqual([]));
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
  await makeAgain(before);
});

test('so does one whose organization somebody had deleted in Quay before', async () => {
  const before = await tokens(bridge, 'a');
  await bridge.loseOrganization('a');
  await deleteNamespace();
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
  expect(await cluster.events(`${bridge.id}.${bridge.namespace('a')}`)).toContainEqual(
    expect.stringMatching(/^Released: .*no longer in Quay/),
  );
  expect(bridge.deletes()).toEqual([`/api/v1/organization/${organization()}`]);
  await makeAgain(before);
});
