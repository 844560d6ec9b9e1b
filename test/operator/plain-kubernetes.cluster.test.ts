import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { installStandIns } from '../control-plane/stand-ins/install.js';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { imageStream } from '../fixtures/operator/objects.js';
import { demandPullSecrets } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open({ withStandIns: false });
  await cluster.start();
  harness = await Harness.open(cluster);
});
afterAll(async () => {
  await cluster.close();
  await harness.quay.close();
});

test('Q20 without builds and image streams everything else works, and they are taken up when they come', async () => {
  await harness.projects(['a']);
  await harness.ready(['a']);
  await demandPullSecrets(harness, 'a', ['default']);
  expect((await harness.object('a')).spec.robots).toHaveLength(1);
  await installStandIns(cluster.plane);
  await cluster.create(imageStream(harness.namespace('a'), 'web'));
  const repository = `/repository/${harness.organization('a')}/web`;
  await cluster.eventually(() => harness.ask('GET', repository), 120_000);
  await cluster.eventually(() => demandPullSecrets(harness, 'a'));
  expect(harness.deletes()).toEqual([]);
});
