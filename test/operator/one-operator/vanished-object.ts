import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Harness, organizationsPath } from '../../fixtures/operator/harness.js';
import { conditionOf } from '../../fixtures/operator/objects.js';
import { demandPullSecrets } from '../../fixtures/operator/pull-secrets.js';
import { cluster, operator } from './cluster.js';

describe('an object that somebody deletes', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.open(cluster, { spec: { interval: '10m' } });
    await harness.projects(['usual'], ['web']);
    await harness.ready(['usual']);
  });
  afterAll(async () => {
    await harness.close();
  });

  const resource = 'quayorganizations';
  const userAgent = 'quayside-operator';

  test('an object that vanishes while its organization is being made comes anew from Git, whole, and the work goes on', async () => {
    // Time enough for the object to go, and another one to come, before the answer is there.
    harness.quay.faults.inject({ method: 'POST', path: '/api/v1/organization/$', delayMs: 25_000 });
    await harness.projects(['a'], ['web']);
    await cluster.eventually(async () =>
      expect(conditionOf(await harness.object('a'), 'Ready').message).toContain('applying changes to Quay'),
    );
    const before = await harness.object('a');
    const { name, uid } = before.metadata;
    await cluster.plane.audit.reset();
    await cluster.delete(resource, name);
    await cluster.merge(`${organizationsPath}/${name}`, { metadata: { finalizers: null } });
    await cluster.eventually(async () => {
      const { metadata } = await harness.object('a');
      expect(metadata.uid).not.toBe(uid);
    });

    await harness.ready(['a']);
    const after = await harness.object('a');
    expect(after.spec).toEqual(before.spec);
    expect(after.metadata.finalizers).toEqual(before.metadata.finalizers);
    expect(after.status?.origin).toBe('created');
    const usual = (await harness.object('usual')).status?.inventory;
    expect(after.status?.inventory).toEqual(usual);
    await demandPullSecrets(harness, 'a');

    // It was made once, as a whole.
    const written = await cluster.plane.audit.requests({ userAgent, verb: ['create', 'patch', 'update'], name });
    expect(written.filter(({ resource: of, code }) => of === resource && code === 201)).toHaveLength(1);
    expect(harness.quay.requests.writes().filter(({ status }) => status >= 400)).toEqual([]);
    expect(harness.deletes()).toEqual([]);
    expect(operator.log()).not.toMatch(/"level":"(error|fatal)"/);
  });
});
