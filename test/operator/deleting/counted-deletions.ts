import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultProxy } from '../../control-plane/proxy/fault-proxy.js';
import { Harness } from '../../fixtures/operator/harness.js';
import { conditionOf } from '../../fixtures/operator/objects.js';
import type { Operator } from '../../fixtures/operator/operator.js';
import { cluster } from './cluster.js';

describe('deletions are counted', () => {
  let proxy: FaultProxy;
  let operator: Operator;
  let harness: Harness;

  const start = (): Promise<Operator> =>
    cluster.start({ kubeconfig: proxy.kubeconfig, args: ['--no-leader-election'] });

  beforeAll(async () => {
    proxy = await cluster.plane.proxy();
    operator = await start();
  });
  afterEach(async () => {
    proxy.clear();
    await harness.close();
  });
  afterAll(async () => {
    await cluster.stopOperators();
    await proxy.stop();
  });

  const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
  const open = async (deletionLimit: number, names: readonly string[]): Promise<void> => {
    harness = await Harness.open(cluster, { spec: { deletionLimit, interval: '10m' } });
    await harness.projects(names);
    await harness.ready(names);
  };
  const counted = async (): Promise<number> =>
    (await harness.integration()).status?.deletions?.organizations?.length ?? 0;
  const held = async (): Promise<readonly string[] | undefined> =>
    (await harness.integration()).status?.held?.organizations?.names;

  test('a deletion stands in the status before Quay hears of it, and counts also when the operator dies in between', async () => {
    await open(1, ['a']);
    const status = { method: 'PATCH', path: `/apis/quay.redhat.com/v1/quayintegrations/${harness.id}/status` };
    proxy.arm(status, { kind: 'answer', status: 503 });
    await cluster.delete('namespace', harness.namespace('a'));
    const failures = (): number => operator.log().split(`"deletion":"decide ${harness.id}"`).length - 1;
    await until(() => expect(failures()).toBeGreaterThan(1));
    expect(harness.deletes()).toEqual([]);

    // A Quay that hears the call and does nothing.
    harness.quay.faults.inject({ method: 'DELETE', reset: true, times: 100_000 });
    proxy.clear();
    await until(() => expect(harness.deletes()).not.toEqual([]));
    await operator.stop('SIGKILL');
    expect(await counted()).toBe(1);
    expect(harness.organizations()).toEqual([harness.organization('a')]);

    const before = harness.deletes().length;
    operator = await start();
    await until(async () => expect(await held()).toEqual([harness.organization('a')]));
    expect(harness.deletes()).toHaveLength(before);
  });

  test('deletions that Quay refuses are made once it is well again, within the limit and counted once', async () => {
    await open(2, ['a', 'b', 'c']);
    const path = `/api/v1/organization/${harness.organization('b')}`;
    harness.quay.faults.inject({ method: 'DELETE', path: `${path}$`, status: 500, times: 100_000 });
    await cluster.delete('namespace', harness.namespace('a'), harness.namespace('b'));
    const left = ['b', 'c'].map((name) => harness.organization(name));
    await until(() => expect(harness.organizations()).toEqual(left));
    const attempts = (): number => harness.deletes().filter((one) => one === path).length;
    await until(async () => expect(conditionOf(await harness.object('b'), 'Ready').message).toContain('500'));
    const before = attempts();
    await until(() => expect(attempts()).toBeGreaterThan(before));
    expect(await held()).toBeUndefined();

    harness.quay.faults.clear();
    await until(() => expect(harness.organizations()).toEqual([harness.organization('c')]));
    expect(await counted()).toBe(2);
    await until(async () => expect(await harness.hasObject('b')).toBe(false));

    // The limit is used up by these two, and by nothing else.
    await cluster.delete('namespace', harness.namespace('c'));
    await until(async () => expect(await held()).toEqual([harness.organization('c')]));
    expect(harness.organizations()).toEqual([harness.organization('c')]);
  });
});
