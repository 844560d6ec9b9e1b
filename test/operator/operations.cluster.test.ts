import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster, home } from '../fixtures/operator/cluster.js';
import { startOperator, type Operator } from '../fixtures/operator/operator.js';
import { git } from '../fixtures/operator/people.js';
import { demandPullSecrets, tokens } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
});
beforeEach(async () => {
  harness = await Harness.open(cluster);
});
afterEach(async () => {
  await cluster.stopOperators();
  await harness.close();
});
afterAll(async () => cluster.close());

const holder = async (): Promise<string> => {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${home}/leases/quayside`;
  return (await cluster.get<{ spec: { holderIdentity?: string } }>(path)).spec.holderIdentity ?? '';
};

test('run --once does all there is to do, and a second run nothing', async () => {
  await harness.projects(['a', 'b'], ['web']);
  const once = (): Operator =>
    startOperator({
      kubeconfig: cluster.plane.kubeconfig,
      namespace: home,
      folder: cluster.folder,
      args: ['--once', '--no-leader-election'],
    });
  expect(await once().finished).toMatchObject({ code: 0 });
  for (const name of ['a', 'b']) await demandPullSecrets(harness, name);
  harness.quay.requests.reset();
  expect(await once().finished).toMatchObject({ code: 0 });
  expect(harness.quay.requests.counts().total).toBeGreaterThan(0);
  expect(harness.quay.requests.writes()).toEqual([]);
});

test('an operator that is stopped before it has read its first integration ends as well', async () => {
  const operator = await cluster.start({ args: ['--no-leader-election'] });
  await cluster.eventually(async () => expect((await operator.ask('/readyz')).status).toBe(200));
  expect(await operator.stop()).toMatchObject({ code: 0 });
});

test('an operator that is stopped in the middle of the work ends in time and releases the Lease; the next one finishes', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `n${at}`);
  harness.quay.latency(500);
  await harness.projects(names, ['web']);
  const first = await cluster.start();
  await cluster.eventually(() => expect(harness.organizations().length).toBeGreaterThan(5));
  const began = performance.now();
  expect(await first.stop()).toMatchObject({ code: 0 });
  expect(performance.now() - began).toBeLessThan(25_000);
  expect(await holder()).toBe('');
  expect(harness.organizations().length).toBeLessThan(60);
  harness.quay.latency(0);
  await cluster.start();
  await harness.ready(names, 120_000);
  expect(harness.deletes()).toEqual([]);
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
  await harness.projects(['a']);
  await harness.ready(['a']);
});

test('the state is in a bare repository in its folder without a remote, and is found again after a restart', async () => {
  await harness.edit({ git: { url: null } });
  const first = await cluster.start();
  await harness.projects(['a'], ['web']);
  await harness.ready(['a']);
  const found = await readdir(join(cluster.folder, 'state'), { recursive: true });
  const repository = join(
    cluster.folder,
    'state',
    dirname(found.find((path) => path.split('/').at(-1) === 'HEAD') ?? ''),
  );
  const path = `main:clusters/${harness.id}/organizations/${harness.namespace('a')}.yaml`;
  expect(git(repository, 'show', path)).toContain('name: web');
  const commit = git(repository, 'rev-parse', 'main');
  await first.stop();
  await cluster.start();
  await harness.projects(['b']);
  await harness.ready(['a', 'b']);
  expect(git(repository, 'merge-base', '--is-ancestor', commit, 'main')).toBe('');
});

test('an integration without a remote and without a folder says so, and Quay is not changed', async () => {
  await harness.edit({ git: { url: null } });
  await cluster.start({ withState: false });
  await harness.projects(['a']);
  await cluster.eventually(async () =>
    expect(await harness.condition('Ready')).toMatchObject({ status: 'False', reason: 'NoStateRepository' }),
  );
  expect(harness.quay.requests.writes()).toEqual([]);
});

test('no token shows in log, metrics, Git, Events or any of our objects, also when calls fail', async () => {
  harness.quay.faults.inject({ method: 'PUT', path: 'robots', status: 500, body: '{"message":"boom"}', times: 2 });
  const operator = await cluster.start({ args: ['--log-level', 'trace'] });
  await harness.projects(['a'], ['web']);
  await harness.ready(['a']);
  const canaries = [harness.token(), ...Object.values(await tokens(harness, 'a'))];
  expect(canaries.length).toBe(4);
  const places = {
    log: operator.log(),
    metrics: (await operator.ask('/metrics')).text,
    git: git(harness.remote, 'log', '--patch', '--all'),
    events: JSON.stringify(await cluster.get('/apis/events.k8s.io/v1/events')),
    organizations: JSON.stringify(await cluster.get('/apis/quayside.dev/v1alpha1/quayorganizations')),
    integrations: JSON.stringify(await cluster.get('/apis/quay.redhat.com/v1/quayintegrations')),
  };
  for (const canary of canaries) {
    expect(canary.length).toBeGreaterThan(10);
    const found = Object.entries(places).filter(([, text]) => text.includes(canary));
    expect(found.map(([session]) => session)).toEqual([]);
  }
  expect(places.metrics).toContain('quayside_quay_requests_total');
});
