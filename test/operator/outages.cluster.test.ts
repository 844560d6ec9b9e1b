import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster, home } from '../fixtures/operator/cluster.js';
import type { Operator } from '../fixtures/operator/operator.js';
import { head } from '../fixtures/operator/people.js';
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
  harness = await Harness.open(cluster, { spec: { repositoryDeletionPolicy: 'Delete' } });
  await harness.projects(['a', 'b'], ['web']);
  await harness.ready(['a', 'b']);
});
afterEach(async () => {
  proxy.clear();
  harness.quay.faults.clear();
  await harness.close();
});
afterAll(async () => {
  await cluster.close();
  await proxy.stop();
});

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const lastSuccess = (): Promise<number> =>
  operator.metric(`quayside_last_success_timestamp_seconds{integration="${harness.id}"}`);

test('image streams that cannot be read are unknown: nothing shrinks, and what is new still grows', async () => {
  proxy.arm({ path: /\/apis\/image\.openshift\.io/ }, { kind: 'answer', status: 503 });
  proxy.cut({ path: /\/apis\/image\.openshift\.io/ });
  await cluster.delete('imagestream', 'web', '-n', harness.namespace('a'));
  await harness.projects(['late']);
  await harness.ready(['late']);
  // Longer than any list is given to fill, and ten sweeps.
  const resyncs = harness.quay.requests.list().length;
  await until(() => expect(harness.quay.requests.list().length).toBeGreaterThan(resyncs + 20));
  expect(harness.deletes()).toEqual([]);
  proxy.clear();
  await until(() => expect(harness.deletes()).toEqual([`/api/v1/repository/${harness.organization('a')}/web`]));
  for (const name of ['a', 'b']) await demandPullSecrets(harness, name);
});

test('a condition says that image streams are unknown, and goes once they can be read again', async () => {
  proxy.arm({ path: /\/apis\/image\.openshift\.io/ }, { kind: 'answer', status: 503 });
  proxy.cut({ path: /\/apis\/image\.openshift\.io/ });
  await harness.projects(['late']);
  await harness.ready(['late']);
  await until(async () => {
    const unknown = await harness.condition('InputUnknown');
    expect(unknown).toMatchObject({ status: 'True', reason: 'InputUnknown' });
    expect(unknown.message).toContain('imagestreams');
  });
  const commit = head(harness);
  proxy.clear();
  // From here on nothing in the cluster changes.
  await until(async () => {
    const { status } = await harness.integration();
    expect(status?.conditions?.map(({ type }) => type)).not.toContain('InputUnknown');
  });
  expect(await harness.condition('Ready')).toMatchObject({ status: 'True' });
  expect(head(harness)).toBe(commit);
});

test.each([
  ['a Quay that answers 503', { status: 503, times: 100_000 }],
  ['a token that has expired', { status: 401, body: '{"error":"expired_token"}', times: 100_000 }],
] as const)('%s while a namespace goes: its object waits, and the deletion is made up for', async (_, fault) => {
  harness.quay.faults.inject(fault);
  await until(async () => expect((await harness.condition('Ready')).status).toBe('False'));
  await cluster.deleteAndWait('namespace', harness.namespace('a'));
  const success = await lastSuccess();
  const attempts = harness.quay.requests.list().length;
  await until(() => expect(harness.quay.requests.list().length).toBeGreaterThan(attempts + 3));
  expect(await harness.hasObject('a')).toBe(true);
  expect(harness.organizations()).toHaveLength(2);
  // Rounds of the resync that got no answer are no success.
  expect(await lastSuccess()).toBe(success);
  harness.quay.faults.clear();
  await until(() => expect(harness.organizations()).toEqual([harness.organization('b')]));
  await until(async () => expect(await harness.hasObject('a')).toBe(false));
  await until(async () => expect((await harness.condition('Ready')).status).toBe('True'));
  await until(async () => expect(await lastSuccess()).toBeGreaterThan(success));
});

test('deleted CRDs delete the objects and nothing else, and all comes back with them', async () => {
  await cluster.plane.kubectl(['delete', 'customresourcedefinition', 'quayorganizations.quayside.dev', '--wait=false']);
  await until(async () =>
    expect(
      await cluster.has('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/quayorganizations.quayside.dev'),
    ).toBe(false),
  );
  expect(harness.deletes()).toEqual([]);
  expect(harness.organizations()).toHaveLength(2);
  for (const name of ['a', 'b']) await demandPullSecrets(harness, name);
  await cluster.installCrds();
  await harness.ready(['a', 'b']);
  expect(harness.deletes()).toEqual([]);
  for (const name of ['a', 'b']) await demandPullSecrets(harness, name);
});

test("a namespace with the predecessor's finalizer that is Terminating at the first start goes, and Quay is left alone", async () => {
  await cluster.stopOperators();
  await harness.ask('POST', '/organization/', { name: harness.organization('old') });
  await harness.projects(['old']);
  const namespace = harness.namespace('old');
  await cluster.patch(['namespace', namespace], { metadata: { finalizers: ['quay.redhat.com/quayintegrations'] } });
  await cluster.delete('namespace', namespace);
  await cluster.start({ kubeconfig: proxy.kubeconfig });
  await until(async () => expect(await cluster.has(`/api/v1/namespaces/${namespace}`)).toBe(false));
  expect(harness.deletes()).toEqual([]);
  expect(harness.organizations()).toContain(harness.organization('old'));
  expect(await cluster.has(`/api/v1/namespaces/${home}/secrets/${harness.id}`)).toBe(true);
});
