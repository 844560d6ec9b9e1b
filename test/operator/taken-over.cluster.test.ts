import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { Cluster, home } from './cluster.js';
import { conditionOf } from './objects.js';
import { demandPullSecrets, pullSecret, pullSecretName, robots, tokens } from './pull-secrets.js';

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
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
});
afterEach(async () => {
  await cluster.stopOperators();
  await bridge.close();
});
afterAll(async () => cluster.close());

/** What the predecessor leaves for a namespace: finalizer, organization, robots, default permissions, secrets, links. */
async function predecessorWasHere(name: string, streams: readonly string[]): Promise<void> {
  const [namespace, organization] = [bridge.namespace(name), bridge.organization(name)];
  const { host } = new URL(bridge.quay.url);
  await bridge.projects([name], streams);
  await bridge.ask('POST', '/organization/', { name: organization, email: `${organization}@redhat.com` });
  for (const robot of robots) {
    const path = `/organization/${organization}/robots/${robot}`;
    const { token } = await bridge.ask<{ token: string }>('PUT', path, { description: '' });
    const delegate = { kind: 'user', name: `${organization}+${robot}`, is_robot: true };
    const role = robot === 'builder' ? 'write' : 'read';
    await bridge.ask('POST', `/organization/${organization}/prototypes`, { delegate, role });
    const auth = Buffer.from(`${organization}+${robot}:${token}`).toString('base64');
    const stringData = { '.dockerconfigjson': JSON.stringify({ auths: { [host]: { auth } } }) };
    const metadata = { name: pullSecretName(bridge, robot), namespace };
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
    await bridge.ask('POST', '/repository', { ...repository, repo_kind: 'image' });
  }
  await cluster.patch(['namespace', namespace], { metadata: { finalizers: ['quay.redhat.com/quayintegrations'] } });
}

const dataOf = async (name: string): Promise<unknown[]> =>
  Promise.all(robots.map(async (robot) => (await pullSecret(bridge, name, robot)).data));

test('what the predecessor left is taken over: nothing deleted, no token changed, no secret renamed or rewritten', async () => {
  bridge = await Bridge.open(cluster);
  await predecessorWasHere('a', ['web']);
  const before = { tokens: await tokens(bridge, 'a'), data: await dataOf('a') };
  bridge.quay.requests.reset();
  await cluster.start();
  await bridge.ready(['a']);
  expect({ tokens: await tokens(bridge, 'a'), data: await dataOf('a') }).toEqual(before);
  expect(bridge.deletes()).toEqual([]);
  const writes = bridge.quay.requests.writes().map(({ path }) => path);
  expect(writes.filter((path) => path.includes('/robots'))).toEqual([]);
  expect((await bridge.object('a')).status?.origin).toBe('predecessor');
  await cluster.eventually(async () => {
    const path = `/api/v1/namespaces/${bridge.namespace('a')}`;
    const { metadata } = await cluster.get<{ metadata: { finalizers?: readonly string[] } }>(path);
    expect(metadata.finalizers ?? []).toEqual([]);
  });
  const secrets = await cluster.get<{ items: unknown[] }>(`/api/v1/namespaces/${bridge.namespace('a')}/secrets`);
  expect(secrets.items).toHaveLength(3);
  // As ours, deletion included.
  await cluster.plane.kubectl(['delete', 'namespace', bridge.namespace('a'), '--timeout=60s']);
  await cluster.eventually(() => expect(bridge.organizations()).toEqual([]));
});

test('an organization that somebody made by hand is left alone, until the integration says to adopt it', async () => {
  bridge = await Bridge.open(cluster);
  await bridge.ask('POST', '/organization/', { name: bridge.organization('a') });
  await bridge.ask('POST', '/repository', {
    repository: 'mine',
    namespace: bridge.organization('a'),
    visibility: 'private',
    description: '',
    repo_kind: 'image',
  });
  await bridge.projects(['a']);
  bridge.quay.requests.reset();
  await cluster.start();
  await cluster.eventually(async () =>
    expect(conditionOf(await bridge.object('a'), 'Ready').reason).toBe('OrganizationNotOurs'),
  );
  expect(bridge.quay.requests.writes()).toEqual([]);
  await bridge.edit({ adoption: 'Always' });
  await bridge.ready(['a']);
  expect((await bridge.object('a')).status?.origin).toBe('adopted');
  await cluster.plane.kubectl(['delete', 'namespace', bridge.namespace('a'), '--timeout=60s']);
  await cluster.eventually(async () => expect(await bridge.hasObject('a')).toBe(false));
  expect(bridge.organizations()).toEqual([bridge.organization('a')]);
  expect(bridge.deletes()).toEqual([]);
});

test("the token exchanged for another administrator's goes on; for a plain user's it says who and how, and writes nothing", async () => {
  bridge = await Bridge.open(cluster, { simulator });
  await cluster.start();
  await bridge.projects(['a'], ['web']);
  await bridge.ready(['a']);
  const before = await tokens(bridge, 'a');
  const exchange = (token: string): Promise<void> =>
    cluster.patch(['secret', bridge.id, '-n', home], { stringData: { token } });

  await exchange(bridge.token('plain'));
  await cluster.eventually(async () => {
    const ready = conditionOf(await bridge.object('a'), 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'NotOrganizationAdmin' });
    expect(ready.message).toContain('plain');
  });
  expect(await tokens(bridge, 'a')).toEqual(before);

  await exchange(bridge.token('second'));
  await bridge.ready(['a']);
  await bridge.projects(['b']);
  await bridge.ready(['a', 'b']);
  expect(await tokens(bridge, 'a')).toEqual(before);
  await demandPullSecrets(bridge, 'a');
  expect(bridge.deletes()).toEqual([]);
});
