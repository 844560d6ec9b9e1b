import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { Bridge } from './harness.js';
import { Cluster, home } from './cluster.js';
import type { Operator } from './operator.js';
import { head } from './people.js';
import { demandPullSecrets } from './pull-secrets.js';

let cluster: Cluster;
let proxy: FaultProxy;
let operator: Operator;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  proxy = await cluster.plane.proxy();
  operator = await cluster.start({ kubeconfig: proxy.kubeconfig });
});
beforeEach(async () => {
  bridge = await Bridge.open(cluster, { spec: { repositoryDeletionPolicy: 'Delete' } });
  await bridge.projects(['a', 'b'], ['web']);
  await bridge.ready(['a', 'b']);
});
afterEach(async () => {
  proxy.clear();
  bridge.quay.faults.clear();
  await bridge.close();
});
afterAll(async () => {
  await cluster.close();
  await proxy.stop();
});

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const lastSuccess = (): Promise<number> =>
  operator.metric(`quayside_last_success_timestamp_seconds{integration="${bridge.id}"}`);

test('image streams that cannot be read are unknown: nothing shrinks, and what is new still grows', async () => {
  proxy.arm({ path: /\/apis\/image\.openshift\.io/ }, { kind: 'answer', status: 503 });
  proxy.cut({ path: /\/apis\/image\.openshift\.io/ });
  await cluster.delete('imagestream', 'web', '-n', bridge.namespace('a'));
  await bridge.projects(['late']);
  await bridge.ready(['late']);
  // Longer than any list is given to fill, and ten sweeps.
  const sweeps = bridge.quay.requests.list().length;
  await until(() => expect(bridge.quay.requests.list().length).toBeGreaterThan(sweeps + 20));
  expect(bridge.deletes()).toEqual([]);
  proxy.clear();
  await until(() => expect(bridge.deletes()).toEqual([`/api/v1/repository/${bridge.organization('a')}/web`]));
  for (const name of ['a', 'b']) await demandPullSecrets(bridge, name);
});

test('that image streams are unknown is told, and taken back by itself once they can be read again', async () => {
  proxy.arm({ path: /\/apis\/image\.openshift\.io/ }, { kind: 'answer', status: 503 });
  proxy.cut({ path: /\/apis\/image\.openshift\.io/ });
  await bridge.projects(['late']);
  await bridge.ready(['late']);
  await until(async () => {
    const unknown = await bridge.condition('InputUnknown');
    expect(unknown).toMatchObject({ status: 'True', reason: 'InputUnknown' });
    expect(unknown.message).toContain('imagestreams');
  });
  const commit = head(bridge);
  proxy.clear();
  // From here on nothing in the cluster changes.
  await until(async () => {
    const { status } = await bridge.integration();
    expect(status?.conditions?.map(({ type }) => type)).not.toContain('InputUnknown');
  });
  expect(await bridge.condition('Ready')).toMatchObject({ status: 'True' });
  expect(head(bridge)).toBe(commit);
});

test.each([
  ['a Quay that answers 503', { status: 503, times: 100_000 }],
  ['a token that has expired', { status: 401, body: '{"error":"expired_token"}', times: 100_000 }],
] as const)('%s while a namespace goes: its object waits, and the deletion is made up for', async (_, fault) => {
  bridge.quay.faults.inject(fault);
  await until(async () => expect((await bridge.condition('Ready')).status).toBe('False'));
  await cluster.plane.kubectl(['delete', 'namespace', bridge.namespace('a'), '--timeout=60s']);
  const success = await lastSuccess();
  const attempts = bridge.quay.requests.list().length;
  await until(() => expect(bridge.quay.requests.list().length).toBeGreaterThan(attempts + 3));
  expect(await bridge.hasObject('a')).toBe(true);
  expect(bridge.organizations()).toHaveLength(2);
  // Rounds of the sweep that got no answer are no success.
  expect(await lastSuccess()).toBe(success);
  bridge.quay.faults.clear();
  await until(() => expect(bridge.organizations()).toEqual([bridge.organization('b')]));
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
  await until(async () => expect((await bridge.condition('Ready')).status).toBe('True'));
  await until(async () => expect(await lastSuccess()).toBeGreaterThan(success));
});

test('definitions that are deleted take the objects along and nothing else, and all comes back with them', async () => {
  await cluster.plane.kubectl(['delete', 'customresourcedefinition', 'quayorganizations.quayside.dev', '--wait=false']);
  await until(async () =>
    expect(
      await cluster.has('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/quayorganizations.quayside.dev'),
    ).toBe(false),
  );
  expect(bridge.deletes()).toEqual([]);
  expect(bridge.organizations()).toHaveLength(2);
  for (const name of ['a', 'b']) await demandPullSecrets(bridge, name);
  await cluster.installDefinitions();
  await bridge.ready(['a', 'b']);
  expect(bridge.deletes()).toEqual([]);
  for (const name of ['a', 'b']) await demandPullSecrets(bridge, name);
});

test("a namespace with the predecessor's finalizer that is Terminating at the first start goes, and Quay is left alone", async () => {
  await cluster.stopOperators();
  await bridge.ask('POST', '/organization/', { name: bridge.organization('old') });
  await bridge.projects(['old']);
  const namespace = bridge.namespace('old');
  await cluster.patch(['namespace', namespace], { metadata: { finalizers: ['quay.redhat.com/quayintegrations'] } });
  await cluster.delete('namespace', namespace);
  await cluster.start({ kubeconfig: proxy.kubeconfig });
  await until(async () => expect(await cluster.has(`/api/v1/namespaces/${namespace}`)).toBe(false));
  expect(bridge.deletes()).toEqual([]);
  expect(bridge.organizations()).toContain(bridge.organization('old'));
  await cluster.plane.kubectl(['get', 'secret', bridge.id, '-n', home]);
});
