import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { installStandIns } from '../control-plane/stand-ins/install.js';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { imageStream } from './objects.js';
import { demandPullSecrets } from './pull-secrets.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open({ withStandIns: false });
  await cluster.start();
  bridge = await Bridge.open(cluster);
});
afterAll(async () => {
  await cluster.close();
  await bridge.quay.close();
});

test('Q20 without builds and image streams everything else works, and they are taken up when they come', async () => {
  await bridge.projects(['a']);
  await bridge.ready(['a']);
  await demandPullSecrets(bridge, 'a', ['default']);
  expect((await bridge.object('a')).spec.robots).toHaveLength(1);
  await installStandIns(cluster.plane);
  await cluster.create(imageStream(bridge.namespace('a'), 'web'));
  const repository = `/repository/${bridge.organization('a')}/web`;
  await cluster.eventually(() => bridge.ask('GET', repository), 120_000);
  await cluster.eventually(() => demandPullSecrets(bridge, 'a'));
  expect(bridge.deletes()).toEqual([]);
});
