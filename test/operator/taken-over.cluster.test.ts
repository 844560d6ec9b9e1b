import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster, home } from '../fixtures/operator/cluster.js';
import { conditionOf } from '../fixtures/operator/objects.js';
import { demandPullSecrets, pullSecret, pullSecretName, robots, tokens } from '../fixtures/operator/pull-secrets.js';

const scopes = [
  'org:admin',
  'repo:admin',
  'repo:create',
  'repo:read',
  'repo:write',
  'super:user',
  'user:admin',
  'user:read',
];
const simulator = {
  fixtures: {
    users: [{ name: 'admin', superuser: true }, { name: 'second', superuser: true }, { name: 'plain' }],
    credentials: {
      superuser: { owner: 'admin', scopes },
      second: { owner: 'second', scopes },
      plain: { owner: 'plain', scopes: scopes.filter((scope) => scope !== 'super:user') },
    },
  },
};

let cluster: Cluster;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
});
afterEach(async () => {
  await cluster.stopOperators();
  await harness.close();
});
afterAll(async () => cluster.close());

/** What the predecessor leaves for a namespace: finalizer, organization, robots, default permissions, secrets, links. */
async function predecessorWasHere(name: string, streams: readonly string[]): Promise<void> {
  const [namespace, organization] = [harness.namespace(name), harness.organization(name)];
  const { host } = new URL(harness.quay.url);
  await harness.projects([name], streams);
  await harness.ask('POST', '/organization/', { name: organization, email: `${organization}@redhat.com` });
  for (const robot of robots) {
    const path = `/organization/${organization}/robots/${robot}`;
    const { token } = await harness.ask<{ token: string }>('PUT', path, { description: '' });
    const delegate = { kind: 'user', name: `${organization}+${robot}`, is_robot: true };
    const role = robot === 'builder' ? 'write' : 'read';
    await harness.ask('POST', `/organization/${organization}/prototypes`, { delegate, role });
    const auth = Buffer.from(`${organization}+${robot}:${token}`).toString('base64');
    const stringData = { '.dockerconfigjson': JSON.stringify({ auths: { [host]: { auth } } }) };
    const metadata = { name: pullSecretName(harness, robot), namespace };
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/dockerconfigjson',
      metadata,
      stringData,
    });
    const listed = [{ name: metadata.name }];
    await cluster.patch(['serviceaccount', robot, '-n', namespace], { secrets: listed, imagePullSecrets: listed });
  }
  for (const stream of streams) {
    const repository = { repository: stream, namespace: organization, visibility: 'private', description: '' };
    await harness.ask('POST', '/repository', { ...repository, repo_kind: 'image' });
  }
  await cluster.patch(['namespace', namespace], { metadata: { finalizers: ['quay.redhat.com/quayintegrations'] } });
}

const dataOf = async (name: string): Promise<unknown[]> =>
  Promise.all(robots.map(async (robot) => (await pullSecret(harness, name, robot)).data));

test('what the predecessor left is taken over: nothing deleted, no token changed, no secret renamed or rewritten', async () => {
  harness = await Harness.open(cluster);
  await predecessorWasHere('a', ['web']);
  const before = { tokens: await tokens(harness, 'a'), data: await dataOf('a') };
  harness.quay.requests.reset();
  await cluster.start();
  await harness.ready(['a']);
  expect({ tokens: await tokens(harness, 'a'), data: await dataOf('a') }).toEqual(before);
  expect(harness.deletes()).toEqual([]);
  const writes = harness.quay.requests.writes().map(({ path }) => path);
  expect(writes.filter((path) => path.includes('/robots'))).toEqual([]);
  expect((await harness.object('a')).status?.origin).toBe('predecessor');
  await cluster.eventually(async () => {
    const path = `/api/v1/namespaces/${harness.namespace('a')}`;
    const { metadata } = await cluster.get<{ metadata: { finalizers?: readonly string[] } }>(path);
    expect(metadata.finalizers ?? []).toEqual([]);
  });
  const secrets = await cluster.get<{ items: unknown[] }>(`/api/v1/namespaces/${harness.namespace('a')}/secrets`);
  expect(secrets.items).toHaveLength(3);
  // As ours, deletion included.
  await cluster.deleteAndWait('namespace', harness.namespace('a'));
  await cluster.eventually(() => expect(harness.organizations()).toEqual([]));
});

test('an organization that somebody created by hand is skipped, until the integration says to adopt it', async () => {
  harness = await Harness.open(cluster);
  await harness.ask('POST', '/organization/', { name: harness.organization('a') });
  await harness.ask('POST', '/repository', {
    repository: 'mine',
    namespace: harness.organization('a'),
    visibility: 'private',
    description: '',
    repo_kind: 'image',
  });
  await harness.projects(['a']);
  harness.quay.requests.reset();
  await cluster.start();
  await cluster.eventually(async () =>
    expect(conditionOf(await harness.object('a'), 'Ready').reason).toBe('OrganizationNotOurs'),
  );
  expect(harness.quay.requests.writes()).toEqual([]);
  await harness.edit({ adoption: 'Always' });
  await harness.ready(['a']);
  expect((await harness.object('a')).status?.origin).toBe('adopted');
  await cluster.deleteAndWait('namespace', harness.namespace('a'));
  await cluster.eventually(async () => expect(await harness.hasObject('a')).toBe(false));
  expect(harness.organizations()).toEqual([harness.organization('a')]);
  expect(harness.deletes()).toEqual([]);
});

test("the token exchanged for another administrator's goes on; for a plain user's it says who and how, and writes nothing", async () => {
  harness = await Harness.open(cluster, { simulator });
  await cluster.start();
  await harness.projects(['a'], ['web']);
  await harness.ready(['a']);
  const before = await tokens(harness, 'a');
  const exchange = (token: string): Promise<void> =>
    cluster.patch(['secret', harness.id, '-n', home], { stringData: { token } });

  await exchange(harness.token('plain'));
  await cluster.eventually(async () => {
    const ready = conditionOf(await harness.object('a'), 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'NotOrganizationAdmin' });
    expect(ready.message).toContain('plain');
  });
  expect(await tokens(harness, 'a')).toEqual(before);

  await exchange(harness.token('second'));
  await harness.ready(['a']);
  await harness.projects(['b']);
  await harness.ready(['a', 'b']);
  expect(await tokens(harness, 'a')).toEqual(before);
  await demandPullSecrets(harness, 'a');
  expect(harness.deletes()).toEqual([]);
});
