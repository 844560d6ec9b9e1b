import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Fault } from '../control-plane/proxy/fault.js';
import type { FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { demandPullSecrets } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
let proxy: FaultProxy;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
  proxy = await cluster.plane.proxy();
  harness = await Harness.open(cluster);
  // A process that loses its lease ends, and is started again by the cluster: that is tried elsewhere.
  await cluster.start({ kubeconfig: proxy.kubeconfig, args: ['--no-leader-election'] });
});
afterEach(() => proxy.clear());
afterAll(async () => {
  await cluster.close();
  await proxy.stop();
  await harness.quay.close();
});

const faults: readonly [string, Fault][] = [
  ['answers 429', { kind: 'answer', status: 429, headers: { 'retry-after': '1' } }],
  ['answers 500', { kind: 'answer', status: 500 }],
  ['cuts the connection before it works', { kind: 'cut', at: 'before' }],
  ['cuts the connection after the work is done', { kind: 'cut', at: 'after' }],
];

// In no rhythm that calls could fall into.
const calls = [0, 2, 3, 7, 8, 12, 14, 19, 20, 23, 28, 30, 37, 38, 44, 45, 51];

test.each(faults)('an API server that %s at one call in three is worked with all the same', async (what, fault) => {
  const name = what.replace(/[^a-z0-9]+/g, '-');
  const armed = calls.map((skip) => proxy.arm({ watch: false }, fault, { skip, times: 1 }));
  await harness.projects([name], ['web']);
  await harness.ready([name], 120_000);
  await demandPullSecrets(harness, name);
  expect(armed.reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(3);
  expect(harness.deletes()).toEqual([]);
});

test('watches that are cut, and ones that are refused as expired, lose nothing', async () => {
  proxy.cut({ watch: true });
  await harness.projects(['cut'], ['web']);
  await harness.ready(['cut'], 90_000);
  proxy.arm({ watch: true }, { kind: 'answer', status: 410 }, { times: 5 });
  proxy.cut({ watch: true });
  await harness.projects(['expired'], ['web']);
  await harness.ready(['expired'], 90_000);
});

test('a restarted API server loses nothing', async () => {
  await cluster.plane.restartApiServer();
  await harness.projects(['again'], ['web']);
  await harness.ready(['again'], 120_000);
  await demandPullSecrets(harness, 'again');
});
