import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster, home } from '../fixtures/operator/cluster.js';
import { conditionOf, imageStream, project, secret } from '../fixtures/operator/objects.js';
import { demandPullSecrets, pullSecret, pullSecretName } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
const harnesses: Harness[] = [];

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
afterEach(async () => {
  await Promise.all(harnesses.splice(0).map((harness) => harness.close()));
});
afterAll(async () => cluster.close());

const open = async (options: Parameters<typeof Harness.open>[1] = {}): Promise<Harness> => {
  const harness = await Harness.open(cluster, options);
  harnesses.push(harness);
  return harness;
};
/** Waits for the condition Ready to be False for this reason, with a message that says what to do. */
const refusedFor = async (harness: Harness, reason: string, words: string | RegExp): Promise<void> =>
  cluster.eventually(async () => {
    const ready = await harness.condition('Ready');
    expect(ready).toMatchObject({ status: 'False', reason });
    expect(ready.message).toMatch(words);
  });
const isReady = async (harness: Harness): Promise<void> =>
  cluster.eventually(async () => expect(await harness.condition('Ready')).toMatchObject({ status: 'True' }));

test('an integration without its Secret says which, and starts when the Secret comes', async () => {
  const harness = await open({ spec: { credentialsSecret: { namespace: home, name: 'late' } } });
  await refusedFor(harness, 'CredentialsMissing', /quayside\/late/);
  await cluster.create(secret(home, 'late', { token: harness.token() }));
  await isReady(harness);
});

test('a Secret without the key says which key, and another key can be named', async () => {
  const harness = await open({});
  await isReady(harness);
  await harness.edit({ credentialsSecret: { key: 'password' } });
  await refusedFor(harness, 'CredentialsMissing', /password/);
  // Of several keys, only the usual one goes to a host without a word of the Secret's owner.
  const data = { token: null };
  await cluster.patch(['secret', harness.id, '-n', home], { data, stringData: { password: harness.token() } });
  await isReady(harness);
});

test.each([
  ['https://quay.example.com/a/path', 'InvalidHostname', /path/],
  ['ftp://quay.example.com', 'InvalidHostname', /scheme/],
  ['http://127.0.0.1:1', 'QuayUnreachable', /127\.0\.0\.1:1/],
])('the Quay address %s is %s', async (quayHostname, reason, words) => {
  const harness = await open({ spec: { quayHostname } });
  await refusedFor(harness, reason, words);
  await harness.edit({ quayHostname: harness.quay.url });
  await isReady(harness);
});

test('a cluster ID that is empty or too long is Stalled', async () => {
  const harness = await open({ spec: { clusterID: ' ' } });
  await cluster.eventually(async () =>
    expect(await harness.condition('Stalled')).toMatchObject({ status: 'True', reason: 'InvalidClusterID' }),
  );
});

test('a token that may only read is reported with the scope it lacks, and writes nothing', async () => {
  const owner = 'admin';
  const fixtures = {
    users: [{ name: owner, superuser: true }],
    credentials: { superuser: { owner, scopes: ['repo:read', 'user:read'] } },
  };
  const harness = await open({ simulator: { fixtures } });
  await harness.projects(['a']);
  await refusedFor(harness, 'ScopeMissing', /org:admin/);
  // It may try, and is refused.
  expect(harness.quay.requests.writes().filter(({ status }) => status < 400)).toEqual([]);
});

test('a namespace whose name Quay refuses gets an organization by another name', async () => {
  const harness = await open();
  const odd = `${harness.id}--odd`;
  await cluster.create(...project(odd, harness.labels), imageStream(odd, 'web'));
  const path = `/api/v1/namespaces/${odd}/secrets/${pullSecretName(harness, 'builder')}`;
  await cluster.eventually(async () => expect(await cluster.has(path)).toBe(true));
  expect(harness.organizations()).toEqual([expect.stringMatching(new RegExp(`^${harness.id}_${harness.id}-odd\\.`))]);
});

test("a Secret of somebody else with a pull secret's name is not overwritten, and the other robots go on", async () => {
  const harness = await open();
  const namespace = harness.namespace('a');
  await cluster.create(...project(namespace, {}));
  await cluster.create(secret(namespace, pullSecretName(harness, 'builder'), { mine: 'yes' }));
  await cluster.patch(['namespace', namespace], { metadata: { labels: harness.labels } });
  await cluster.eventually(async () => {
    const ready = conditionOf(await harness.object('a'), 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'Conflict' });
    expect(ready.message).toContain(pullSecretName(harness, 'builder'));
  });
  await cluster.eventually(() => demandPullSecrets(harness, 'a', ['default', 'deployer']));
  const { data } = await pullSecret(harness, 'a', 'builder');
  expect(Object.keys(data)).toEqual(['mine']);
  await cluster.delete('secret', pullSecretName(harness, 'builder'), '-n', namespace);
  await harness.ready(['a']);
});

test('objects that are larger than usual are reconciled', async () => {
  const harness = await open();
  await harness.projects(['large'], []);
  const annotations = { 'example.test/note': 'x'.repeat(200_000) };
  await cluster.merge(`/api/v1/namespaces/${harness.namespace('large')}`, { metadata: { annotations } });
  const streams = Array.from({ length: 300 }, (_, at) => imageStream(harness.namespace('large'), `stream-${at}`));
  await cluster.create(...streams);
  await cluster.eventually(async () => expect((await harness.object('large')).status?.repositories).toBe(300), 120_000);
  await harness.ready(['large'], 120_000);
  const made = [...harness.quay.snapshot().repositoryOrder];
  expect(made).toHaveLength(300);
});
