import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { imageStream } from './objects.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  bridge = await Bridge.open(cluster, { spec: { interval: '1h' } });
  await cluster.start();
});
afterAll(async () => {
  await cluster.close();
  await bridge.quay.close();
});

test('Q27 a project and then its first image streams: one write each, and no look at what was just made', async () => {
  await bridge.projects(['new']);
  await bridge.ready(['new']);
  bridge.quay.requests.reset();
  for (const stream of ['one', 'two']) {
    await cluster.create(imageStream(bridge.namespace('new'), stream));
    await cluster.eventually(
      () => expect(bridge.quay.requests.writes()).toHaveLength(stream === 'one' ? 1 : 2),
      60_000,
    );
  }
  await bridge.ready(['new']);
  expect(bridge.quay.requests.counts()).toMatchObject({ total: 2, writes: 2 });
});
