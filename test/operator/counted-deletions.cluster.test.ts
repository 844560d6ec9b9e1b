import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { conditionOf } from './objects.js';
import type { Operator } from './operator.js';

let cluster: Cluster;
let proxy: FaultProxy;
let operator: Operator;
let bridge: Bridge;

const start = (): Promise<Operator> => cluster.start({ kubeconfig: proxy.kubeconfig, args: ['--no-leader-election'] });

beforeAll(async () => {
  cluster = await Cluster.open();
  proxy = await cluster.plane.proxy();
  operator = await start();
});
afterEach(async () => {
  proxy.clear();
  await bridge.close();
});
afterAll(async () => {
  await cluster.close();
  await proxy.stop();
});

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const open = async (deletionLimit: number, names: readonly string[]): Promise<void> => {
  bridge = await Bridge.open(cluster, { spec: { deletionLimit, interval: '10m' } });
  await bridge.projects(names);
  await bridge.ready(names);
};
const counted = async (): Promise<number> => (await bridge.integration()).status?.deletions?.organizations?.length ?? 0;
const held = async (): Promise<readonly string[] | undefined> =>
  (await bridge.integration()).status?.held?.organizations?.names;

test('a deletion stands in the status before Quay hears of it, and counts also when the operator dies in between', async () => {
  await open(1, ['a']);
  const status = { method: 'PATCH', path: `/apis/quay.redhat.com/v1/quayintegrations/${bridge.id}/status` };
  proxy.arm(status, { kind: 'answer', status: 503 });
  await cluster.delete('namespace', bridge.namespace('a'));
  const failures = (): number => operator.log().split(`"deletion":"decide ${bridge.id}"`).length - 1;
  await until(() => expect(failures()).toBeGreaterThan(1));
  expect(bridge.deletes()).toEqual([]);

  // A Quay that hears the call and does nothing.
  bridge.quay.faults.inject({ method: 'DELETE', reset: true, times: 100_000 });
  proxy.clear();
  await until(() => expect(bridge.deletes()).not.toEqual([]));
  await operator.stop('SIGKILL');
  expect(await counted()).toBe(1);
  expect(bridge.organizations()).toEqual([bridge.organization('a')]);

  const before = bridge.deletes().length;
  operator = await start();
  await until(async () => expect(await held()).toEqual([bridge.organization('a')]));
  expect(bridge.deletes()).toHaveLength(before);
});

test('deletions that Quay refuses are made once it is well again, within the limit and counted once', async () => {
  await open(2, ['a', 'b', 'c']);
  const path = `/api/v1/organization/${bridge.organization('b')}`;
  bridge.quay.faults.inject({ method: 'DELETE', path: `${path}$`, status: 500, times: 100_000 });
  await cluster.delete('namespace', bridge.namespace('a'), bridge.namespace('b'));
  const left = ['b', 'c'].map((name) => bridge.organization(name));
  await until(() => expect(bridge.organizations()).toEqual(left));
  const attempts = (): number => bridge.deletes().filter((one) => one === path).length;
  await until(async () => expect(conditionOf(await bridge.object('b'), 'Ready').message).toContain('500'));
  const before = attempts();
  await until(() => expect(attempts()).toBeGreaterThan(before));
  expect(await held()).toBeUndefined();

  bridge.quay.faults.clear();
  await until(() => expect(bridge.organizations()).toEqual([bridge.organization('c')]));
  expect(await counted()).toBe(2);
  await until(async () => expect(await bridge.hasObject('b')).toBe(false));

  // The limit is used up by these two, and by nothing else.
  await cluster.delete('namespace', bridge.namespace('c'));
  await until(async () => expect(await held()).toEqual([bridge.organization('c')]));
  expect(bridge.organizations()).toEqual([bridge.organization('c')]);
});
