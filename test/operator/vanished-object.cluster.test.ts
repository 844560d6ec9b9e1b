import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Bridge, organizationsPath } from './harness.js';
import { Cluster } from './cluster.js';
import { conditionOf } from './objects.js';
import type { Operator } from './operator.js';
import { demandPullSecrets } from './pull-secrets.js';

let cluster: Cluster;
let operator: Operator;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  operator = await cluster.start();
  bridge = await Bridge.open(cluster, { spec: { interval: '10m' } });
  await bridge.projects(['usual'], ['web']);
  await bridge.ready(['usual']);
});
afterAll(async () => {
  await cluster.close();
  await bridge.quay.close();
});

const resource = 'quayorganizations';
const userAgent = 'quayside-operator';

test('an object that vanishes while its organization is being made comes anew from Git, whole, and the work goes on', async () => {
  // Time enough for the object to go, and another one to come, before the answer is there.
  bridge.quay.faults.inject({ method: 'POST', path: '/api/v1/organization/$', delayMs: 25_000 });
  await bridge.projects(['a'], ['web']);
  await cluster.eventually(async () =>
    expect(conditionOf(await bridge.object('a'), 'Ready').message).toContain('being brought in line'),
  );
  const before = await bridge.object('a');
  const { name, uid } = before.metadata;
  await cluster.plane.audit.reset();
  await cluster.delete(resource, name);
  await cluster.merge(`${organizationsPath}/${name}`, { metadata: { finalizers: null } });
  await cluster.eventually(async () => {
    const { metadata } = await bridge.object('a');
    expect(metadata.uid).not.toBe(uid);
  });

  await bridge.ready(['a']);
  const after = await bridge.object('a');
  expect(after.spec).toEqual(before.spec);
  expect(after.metadata.finalizers).toEqual(before.metadata.finalizers);
  expect(after.status?.origin).toBe('created');
  const usual = (await bridge.object('usual')).status?.inventory;
  expect(after.status?.inventory).toEqual(usual);
  await demandPullSecrets(bridge, 'a');

  // It was made once, as a whole.
  const written = await cluster.plane.audit.requests({ userAgent, verb: ['create', 'patch', 'update'], name });
  expect(written.filter(({ resource: of, code }) => of === resource && code === 201)).toHaveLength(1);
  expect(bridge.quay.requests.writes().filter(({ status }) => status >= 400)).toEqual([]);
  expect(bridge.deletes()).toEqual([]);
  expect(operator.log()).not.toMatch(/"level":"(error|fatal)"/);
});
