import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster, home } from './cluster.js';
import { startOperator, type Operator } from './operator.js';
import { git } from './people.js';
import { demandPullSecrets, tokens } from './pull-secrets.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
});
beforeEach(async () => {
  bridge = await Bridge.open(cluster);
});
afterEach(async () => {
  await cluster.stopOperators();
  await bridge.close();
});
afterAll(async () => cluster.close());

const holder = async (): Promise<string> => {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${home}/leases/quayside`;
  return (await cluster.get<{ spec: { holderIdentity?: string } }>(path)).spec.holderIdentity ?? '';
};

test('a single pass does all there is to do, and a second one nothing', async () => {
  await bridge.projects(['a', 'b'], ['web']);
  const once = (): Operator =>
    startOperator({
      kubeconfig: cluster.plane.kubeconfig,
      namespace: home,
      folder: cluster.folder,
      args: ['--once', '--no-leader-election'],
    });
  expect(await once().finished).toMatchObject({ code: 0 });
  for (const name of ['a', 'b']) await demandPullSecrets(bridge, name);
  bridge.quay.requests.reset();
  expect(await once().finished).toMatchObject({ code: 0 });
  expect(bridge.quay.requests.counts().total).toBeGreaterThan(0);
  expect(bridge.quay.requests.writes()).toEqual([]);
});

test('told to stop before it has read its first integration it ends as well', async () => {
  const operator = await cluster.start({ args: ['--no-leader-election'] });
  await cluster.eventually(async () => expect((await operator.ask('/readyz')).status).toBe(200));
  expect(await operator.stop()).toMatchObject({ code: 0 });
});

test('told to stop in the middle of the work it ends in time and lets the Lease go; the next one finishes', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `n${at}`);
  bridge.quay.latency(300);
  await bridge.projects(names, ['web']);
  const first = await cluster.start();
  await cluster.eventually(() => expect(bridge.organizations().length).toBeGreaterThan(5));
  const began = performance.now();
  expect(await first.stop()).toMatchObject({ code: 0 });
  expect(performance.now() - began).toBeLessThan(25_000);
  expect(await holder()).toBe('');
  expect(bridge.organizations().length).toBeLessThan(60);
  bridge.quay.latency(0);
  await cluster.start();
  await bridge.ready(names, 120_000);
  expect(bridge.deletes()).toEqual([]);
});

test('a Lease whose holder is gone, and was an hour ahead, is taken all the same', async () => {
  const ahead = new Date(Date.now() + 3_600_000).toISOString().replace('Z', '000Z');
  await cluster.delete('lease', 'quayside', '-n', home);
  await cluster.create({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'quayside', namespace: home },
    spec: {
      holderIdentity: 'ghost',
      leaseDurationSeconds: 15,
      acquireTime: ahead,
      renewTime: ahead,
      leaseTransitions: 0,
    },
  });
  await cluster.start();
  await cluster.eventually(async () => expect(await holder()).not.toBe('ghost'));
  await bridge.projects(['a']);
  await bridge.ready(['a']);
});

test('without a remote the state lies in a bare repository in its folder, and is found again after a restart', async () => {
  await bridge.edit({ git: { url: null } });
  const first = await cluster.start();
  await bridge.projects(['a'], ['web']);
  await bridge.ready(['a']);
  const found = await readdir(join(cluster.folder, 'state'), { recursive: true });
  const repository = join(
    cluster.folder,
    'state',
    dirname(found.find((path) => path.split('/').at(-1) === 'HEAD') ?? ''),
  );
  const path = `main:clusters/${bridge.id}/organizations/${bridge.namespace('a')}.yaml`;
  expect(git(repository, 'show', path)).toContain('name: web');
  const commit = git(repository, 'rev-parse', 'main');
  await first.stop();
  await cluster.start();
  await bridge.projects(['b']);
  await bridge.ready(['a', 'b']);
  expect(git(repository, 'merge-base', '--is-ancestor', commit, 'main')).toBe('');
});

test('without a remote and without a folder the integration says so, and Quay is left alone', async () => {
  await bridge.edit({ git: { url: null } });
  await cluster.start({ withState: false });
  await bridge.projects(['a']);
  await cluster.eventually(async () =>
    expect(await bridge.condition('Ready')).toMatchObject({ status: 'False', reason: 'NoStateRepository' }),
  );
  expect(bridge.quay.requests.writes()).toEqual([]);
});

test('no token shows in log, metrics, Git, Events or any of our objects, also when calls fail', async () => {
  bridge.quay.faults.inject({ method: 'PUT', path: 'robots', status: 500, body: '{"message":"boom"}', times: 2 });
  const operator = await cluster.start({ args: ['--log-level', 'trace'] });
  await bridge.projects(['a'], ['web']);
  await bridge.ready(['a']);
  const canaries = [bridge.token(), ...Object.values(await tokens(bridge, 'a'))];
  expect(canaries.length).toBe(4);
  const places = {
    log: operator.log(),
    metrics: (await operator.ask('/metrics')).text,
    git: git(bridge.remote, 'log', '--patch', '--all'),
    events: JSON.stringify(await cluster.get('/apis/events.k8s.io/v1/events')),
    organizations: JSON.stringify(await cluster.get('/apis/quayside.dev/v1alpha1/quayorganizations')),
    integrations: JSON.stringify(await cluster.get('/apis/quay.redhat.com/v1/quayintegrations')),
  };
  for (const canary of canaries) {
    expect(canary.length).toBeGreaterThan(10);
    const found = Object.entries(places).filter(([, text]) => text.includes(canary));
    expect(found.map(([place]) => place)).toEqual([]);
  }
  expect(places.metrics).toContain('quayside_quay_requests_total');
});
