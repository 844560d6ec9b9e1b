import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster, home } from './cluster.js';
import { conditionOf, imageStream, project, secret } from './objects.js';
import { demandPullSecrets, pullSecret, pullSecretName } from './pull-secrets.js';

let cluster: Cluster;
const bridges: Bridge[] = [];

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
afterEach(async () => {
  await Promise.all(bridges.splice(0).map((bridge) => bridge.close()));
});
afterAll(async () => cluster.close());

const open = async (options: Parameters<typeof Bridge.open>[1] = {}): Promise<Bridge> => {
  const bridge = await Bridge.open(cluster, options);
  bridges.push(bridge);
  return bridge;
};
/** Waits for the condition Ready to be False for this reason, with a message that says what to do. */
const refusedFor = async (bridge: Bridge, reason: string, words: string | RegExp): Promise<void> =>
  cluster.eventually(async () => {
    const ready = await bridge.condition('Ready');
    expect(ready).toMatchObject({ status: 'False', reason });
    expect(ready.message).toMatch(words);
  });
const isReady = async (bridge: Bridge): Promise<void> =>
  cluster.eventually(async () => expect(await bridge.condition('Ready')).toMatchObject({ status: 'True' }));

test('an integration without its Secret says which, and starts when the Secret comes', async () => {
  const bridge = await open({ spec: { credentialsSecret: { namespace: home, name: 'late' } } });
  await refusedFor(bridge, 'CredentialsMissing', /quayside\/late/);
  await cluster.create(secret(home, 'late', { token: bridge.token() }));
  await isReady(bridge);
});

test('a Secret without the key says which key, and another key can be named', async () => {
  const bridge = await open({});
  await isReady(bridge);
  await bridge.edit({ credentialsSecret: { key: 'password' } });
  await refusedFor(bridge, 'CredentialsMissing', /password/);
  await cluster.patch(['secret', bridge.id, '-n', home], { stringData: { password: bridge.token() } });
  await isReady(bridge);
});

test.each([
  ['https://quay.example.com/a/path', 'InvalidHostname', /path/],
  ['ftp://quay.example.com', 'InvalidHostname', /scheme/],
  ['http://127.0.0.1:1', 'QuayUnreachable', /127\.0\.0\.1:1/],
])('the address %s is %s', async (quayHostname, reason, words) => {
  const bridge = await open({ spec: { quayHostname } });
  await refusedFor(bridge, reason, words);
  await bridge.edit({ quayHostname: bridge.quay.url });
  await isReady(bridge);
});

test('a cluster ID that is empty or too long is Stalled', async () => {
  const bridge = await open({ spec: { clusterID: ' ' } });
  await cluster.eventually(async () =>
    expect(await bridge.condition('Stalled')).toMatchObject({ status: 'True', reason: 'InvalidClusterID' }),
  );
});

test('a token that may only read is told by the scope it lacks, and writes nothing', async () => {
  const owner = 'admin';
  const fixtures = {
    users: [{ name: owner, superuser: true }],
    credentials: { superuser: { owner, scopes: ['repo:read', 'user:read'] } },
  };
  const bridge = await open({ simulator: { fixtures } });
  await bridge.projects(['a']);
  await refusedFor(bridge, 'ScopeMissing', /org:admin/);
  // It may try, and is refused.
  expect(bridge.quay.requests.writes().filter(({ status }) => status < 400)).toEqual([]);
});

test('a namespace whose name Quay refuses gets an organization by another name', async () => {
  const bridge = await open();
  const odd = `${bridge.id}--odd`;
  await cluster.create(...project(odd, bridge.labels), imageStream(odd, 'web'));
  const path = `/api/v1/namespaces/${odd}/secrets/${pullSecretName(bridge, 'builder')}`;
  await cluster.eventually(async () => expect(await cluster.has(path)).toBe(true));
  expect(bridge.organizations()).toEqual([expect.stringMatching(new RegExp(`^${bridge.id}_${bridge.id}-odd\\.`))]);
});

test("a Secret of somebody else with a pull secret's name is not overwritten, and the other robots go on", async () => {
  const bridge = await open();
  const namespace = bridge.namespace('a');
  await cluster.plane.kubectl(['create', 'namespace', namespace]);
  await cluster.create(secret(namespace, pullSecretName(bridge, 'builder'), { mine: 'yes' }));
  await cluster.create(...project(namespace, {}).slice(1));
  await cluster.plane.kubectl([
    'label',
    'namespace',
    namespace,
    ...Object.entries(bridge.labels).map((l) => l.join('=')),
  ]);
  await cluster.eventually(async () => {
    const ready = conditionOf(await bridge.object('a'), 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'Conflict' });
    expect(ready.message).toContain(pullSecretName(bridge, 'builder'));
  });
  await cluster.eventually(() => demandPullSecrets(bridge, 'a', ['default', 'deployer']));
  const { data } = await pullSecret(bridge, 'a', 'builder');
  expect(Object.keys(data)).toEqual(['mine']);
  await cluster.delete('secret', pullSecretName(bridge, 'builder'), '-n', namespace);
  await bridge.ready(['a']);
});

test('objects that are larger than usual', async () => {
  const bridge = await open();
  await bridge.projects(['large'], []);
  const annotations = { 'example.test/note': 'x'.repeat(200_000) };
  await cluster.merge(`/api/v1/namespaces/${bridge.namespace('large')}`, { metadata: { annotations } });
  const streams = Array.from({ length: 300 }, (_, at) => imageStream(bridge.namespace('large'), `stream-${at}`));
  await cluster.create(...streams);
  await cluster.eventually(async () => expect((await bridge.object('large')).status?.repositories).toBe(300), 120_000);
  await bridge.ready(['large'], 120_000);
  const made = [...bridge.quay.snapshot().repositoryOrder];
  expect(made).toHaveLength(300);
});
