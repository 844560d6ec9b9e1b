import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { writes } from '../control-plane/audit/filter.js';
import type { FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { conditionOf, demandReady, imageStream } from '../fixtures/operator/objects.js';
import type { Operator } from '../fixtures/operator/operator.js';
import { demandPullSecrets } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
let proxy: FaultProxy;
let operator: Operator;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
  proxy = await cluster.plane.proxy();
  operator = await cluster.start({ kubeconfig: proxy.kubeconfig });
});
beforeEach(async () => {
  harness = await Harness.open(cluster);
});
afterEach(async () => {
  proxy.clear();
  await harness.close();
});
afterAll(async () => {
  await cluster.close();
  await proxy.stop();
});

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);

async function provision(name: string): Promise<void> {
  await harness.projects([name], ['web']);
  await harness.ready([name]);
}

describe('Q18 how many integrations there are matters to nobody', () => {
  test('Q18 without one the operator waits in silence; with a second one both work', async () => {
    await harness.close();
    await cluster.plane.audit.reset();
    await until(async () => expect(await operator.ask('/readyz')).toMatchObject({ status: 200 }));
    const written = await cluster.plane.audit.counts({ userAgent: 'quayside-operator', verb: writes });
    expect(written).not.toHaveProperty(['create events']);
    harness = await Harness.open(cluster);
    const second = await Harness.open(cluster);
    for (const one of [harness, second]) await one.projects(['a']);
    for (const one of [harness, second]) await one.ready(['a']);
    await second.close();
  });
});

describe('an organization that Quay does not let go', () => {
  test.each([400, 403, 500])(
    'Q2 a deletion that Quay answers with %i is told and made up for, and its object stays until then',
    async (status) => {
      await provision('gone');
      harness.quay.faults.inject({ method: 'DELETE', status, body: '{"message":"not now"}', times: 1_000 });
      await cluster.deleteAndWait('namespace', harness.namespace('gone'));
      await until(() => expect(harness.deletes().length).toBeGreaterThan(1));
      expect(conditionOf(await harness.object('gone'), 'Ready').status).toBe('False');
      expect(harness.organizations()).toEqual([harness.organization('gone')]);
      harness.quay.faults.clear();
      await until(() => expect(harness.organizations()).toEqual([]));
      await until(async () => expect(await harness.hasObject('gone')).toBe(false));
    },
    120_000,
  );

  test('Q3 a Quay that cuts every connection meanwhile crashes nothing and loses nothing', async () => {
    await provision('gone');
    harness.quay.faults.inject({ reset: true, times: 100_000 });
    await cluster.deleteAndWait('namespace', harness.namespace('gone'));
    const before = harness.quay.requests.list().length;
    await until(() => expect(harness.quay.requests.list().length).toBeGreaterThan(before + 5));
    expect(await operator.ask('/livez')).toMatchObject({ status: 200 });
    expect(await harness.hasObject('gone')).toBe(true);
    harness.quay.faults.clear();
    await until(() => expect(harness.organizations()).toEqual([]));
  });
});

test('Q4 a connection that is cut while an organization is made leaves neither half of one nor a crash', async () => {
  harness.quay.faults.inject({ method: 'POST', path: '/organization/', reset: true });
  harness.quay.faults.inject({ method: 'POST', path: '/organization/', reset: true, when: 'after' });
  await harness.projects(['a', 'b'], ['web']);
  await harness.ready(['a', 'b']);
  for (const name of ['a', 'b']) await demandPullSecrets(harness, name);
  expect((await harness.object('a')).status?.origin).toBe('created');
});

// In no rhythm that calls could fall into.
const calls = [0, 2, 3, 7, 8, 12, 14, 19, 20, 23, 28, 30];

test.each([
  [400, '{"message":"try again"}'],
  [403, '{"message":"no"}'],
  [429, '<html>slow down</html>'],
  [500, '{}'],
  [502, '<html>bad gateway</html>'],
])('Q14 %i at one call of Quay in three delays and hides nothing', async (status, body) => {
  for (const after of calls) harness.quay.faults.inject({ status, body, after });
  await harness.projects(['a'], ['web', 'api']);
  await harness.ready(['a'], 120_000);
  harness.quay.faults.clear();
  await demandPullSecrets(harness, 'a');
  expect(harness.quay.requests.list().filter((request) => request.status === status).length).toBeGreaterThan(2);
});

test.each([403, 422, 500])(
  'Q15 a pull secret that the API server answers with %i shows in the conditions, and comes later',
  async (status) => {
    const path = new RegExp(`/namespaces/${harness.namespace('a')}/secrets/`);
    const fault = proxy.arm({ method: 'PATCH', path }, { kind: 'answer', status });
    await harness.projects(['a']);
    await until(async () => {
      expect(fault.hits).toBeGreaterThan(0);
      const object = await harness.object('a');
      expect(() => demandReady(object)).toThrow();
      expect(object.status?.robots?.some(({ ready }) => !ready)).toBe(true);
    });
    fault.lift();
    await harness.ready(['a'], 90_000);
    await demandPullSecrets(harness, 'a');
  },
);

test('Q27 an image stream costs one write and at most one read in Quay and no Secret; a label costs nothing', async () => {
  const streams = Array.from({ length: 30 }, (_, at) => `stream-${at}`);
  await harness.projects(['a'], streams);
  await harness.ready(['a']);
  await harness.edit({ interval: '10m' });
  // Until the round that was planned before, and what provisioning asked for, are over.
  await until(async () => {
    const before = harness.quay.requests.counts().total;
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(harness.quay.requests.counts().total).toBe(before);
  });
  harness.quay.requests.reset();
  await cluster.plane.audit.reset();
  await cluster.patch(['namespace', harness.namespace('a')], { metadata: { labels: { colour: 'blue' } } });
  await cluster.create(imageStream(harness.namespace('a'), 'late'));
  await until(async () => expect((await harness.object('a')).status?.repositories).toBe(31));
  await harness.ready(['a']);
  const calls = harness.quay.requests.list().map(({ method, path }) => `${method} ${path}`);
  expect(calls).toContain('POST /api/v1/repository');
  // One write and at most one read.
  expect(calls.slice(2)).toEqual([]);
  const secrets = { userAgent: 'quayside-operator', verb: writes, resource: 'secrets' };
  expect(await cluster.plane.audit.count(secrets)).toBe(0);
});

test('Q28 one organization whose calls hang does not hold up the others', async () => {
  const slow = harness.organization('slow');
  harness.quay.faults.inject({ path: slow, delayMs: 20_000, times: 2 });
  await harness.projects(['slow', 'a', 'b', 'c']);
  const began = performance.now();
  await harness.ready(['a', 'b', 'c']);
  expect(performance.now() - began).toBeLessThan(18_000);
  await harness.ready(['slow'], 90_000);
});

test('Q35 the status says how things are, for which generation, since when, and at rest it says it once', async () => {
  await provision('a');
  for (const read of [() => harness.integration(), () => harness.object('a')]) {
    const object = await until(async () => {
      const current = await read();
      demandReady(current);
      return current;
    });
    for (const { reason, message } of object.status?.conditions ?? []) {
      expect(reason).toMatch(/^[A-Z][A-Za-z]+$/);
      expect(message).not.toBe('');
    }
  }
  await until(async () => {
    const { lastUpdate, organizations } = (await harness.integration()).status ?? {};
    expect(String(lastUpdate)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(organizations).toBe(1);
  });
  await cluster.plane.kubectl([
    'wait',
    '--for=condition=Ready',
    `quayorganization/${harness.id}.${harness.namespace('a')}`,
  ]);
  await cluster.plane.kubectl(['wait', '--for=condition=Ready', `quayintegrations.quay.redhat.com/${harness.id}`]);
});

test('Q36 it reads no Secret that it has no business with, and writes nothing but what is its own', async () => {
  await cluster.plane.audit.reset();
  await cluster.plane.kubectl(['create', 'secret', 'generic', 'private', '-n', 'default', '--from-literal=a=b']);
  await provision('a');
  const all = await cluster.plane.audit.requests({ userAgent: 'quayside-operator' });
  const secrets = all.filter(({ resource }) => resource === 'secrets');
  for (const { verb, uri, namespace, name } of secrets) {
    if (['list', 'watch'].includes(verb)) expect(uri).toMatch(/labelSelector|fieldSelector/);
    else expect([namespace, name]).not.toEqual(['default', 'private']);
  }
  const written = all.filter(({ verb }) => writes.some((one) => one === verb));
  const own = /^(leases|events|secrets|serviceaccounts|quayorganizations(\/status)?|quayintegrations(\/status)?)$/;
  expect(written.filter(({ resource }) => !own.test(resource)).map(({ verb, uri }) => `${verb} ${uri}`)).toEqual([]);
  expect(written.filter(({ verb }) => verb === 'deletecollection')).toEqual([]);
  await cluster.delete('secret', 'private', '-n', 'default');
});
