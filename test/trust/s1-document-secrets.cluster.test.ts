import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../simulator/src/index.js';
import { Harness, organizationsPath } from '../fixtures/operator/harness.js';
import { Cluster, home } from '../fixtures/operator/cluster.js';
import { conditionOf, type Reported } from '../fixtures/operator/objects.js';
import { type Recorded, recorded } from './recorded.js';

const author = { namespace: 'tenant', name: 'author' };
/** Values that must never leave the cluster, by the Secret that holds them. */
const kept: Readonly<Record<string, string>> = {
  'quayside-webhook-authority': 'c4n4ry-of-the-authority',
  unlabelled: 'https://hooks.example.com/c4n4ry-unlabelled',
  'of-others': 'https://hooks.example.com/c4n4ry-of-others',
  'for-mirrors': 'https://hooks.example.com/c4n4ry-for-mirrors',
  'token-of-another': 'https://hooks.example.com/c4n4ry-of-another',
};
const open = 'https://hooks.example.com/open-to-all';

let cluster: Cluster;
let quay: Simulator;
let sink: Recorded;
let harness: Harness;

const secret = (name: string, value: string, said?: readonly [string, string], labels = {}): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    namespace: home,
    name,
    labels: { ...(said && { 'quayside.dev/document-secret': 'true' }), ...labels },
    ...(said && { annotations: { 'quayside.dev/organizations': said[0], 'quayside.dev/uses': said[1] } }),
  },
  stringData: { value },
});

beforeAll(async () => {
  cluster = await Cluster.open();
  quay = await startSimulator();
  sink = await recorded(quay.url);
  // Only events lead to a look: the next sweep is far away.
  harness = await Harness.open(cluster, {
    quay,
    spec: { quayHostname: sink.url, insecureRegistry: true, interval: '1h' },
  });
  await cluster.create(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: author.namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: author },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'author' },
      rules: [{ apiGroups: ['quayside.dev'], resources: ['quayorganizations'], verbs: ['create', 'get'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'author' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'author' },
      subjects: [{ kind: 'ServiceAccount', ...author }],
    },
    secret('quayside-webhook-authority', kept['quayside-webhook-authority'] ?? '', ['*', 'notification'], {
      'app.kubernetes.io/managed-by': 'quayside',
    }),
    secret('unlabelled', kept.unlabelled ?? ''),
    secret('of-others', kept['of-others'] ?? '', [`${harness.id}-grab-*,other`, 'notification,mirror,proxy-cache']),
    secret('for-mirrors', kept['for-mirrors'] ?? '', ['*', 'mirror']),
    secret('open', open, [`other,${harness.id}-*`, 'notification']),
  );
  // Somebody labelled the token of another integration on purpose.
  await cluster.create(
    secret('token-of-another', kept['token-of-another'] ?? '', ['*', 'notification,mirror,proxy-cache']),
    {
      apiVersion: 'quay.redhat.com/v1',
      kind: 'QuayIntegration',
      metadata: { name: 'another' },
      spec: {
        clusterID: 'another',
        quayHostname: 'quay.example.com',
        credentialsSecret: { namespace: home, name: 'token-of-another', key: 'value' },
        allowlistNamespaces: ['none-of-these'],
        suspend: true,
      },
    },
  );
  await cluster.start();
});
afterAll(async () => {
  await harness.close();
  await cluster.close();
  await sink.close();
  await quay.close();
});

const create = async (name: string, spec: object): Promise<void> => {
  const document = {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name },
    spec: { integration: harness.id, name, ...spec },
  };
  await cluster.plane.kubectl(['create', '-f', '-'], { input: JSON.stringify(document), as: author });
};
const read = async (name: string): Promise<Reported> => cluster.get<Reported>(`${organizationsPath}/${name}`);
const refusal = async (name: string): Promise<string> => {
  const ready = conditionOf(await read(name), 'Ready');
  expect(ready).toMatchObject({ status: 'False', reason: 'SecretNotAllowed' });
  return ready.message;
};
const expectNothingLeft = (): void => {
  for (const value of [harness.token(), ...Object.values(kept)]) expect(sink.text()).not.toContain(value);
};
const slack = (name: string, key = 'value'): object => ({
  title: name,
  event: 'repo_push',
  method: 'slack',
  urlSecretRef: { name, key },
});
const titles = async (organization: string): Promise<readonly string[]> => {
  const path = `/repository/${organization}/web/notification/`;
  const { notifications } = await harness.ask<{ notifications: readonly { title: string }[] }>('GET', path);
  return notifications.map(({ title }) => title).sort();
};

test('S1: who may only create QuayOrganizations gets no Secret out as the address of a notification', async () => {
  const name = `${harness.id}-grab`;
  // The message names five at most.
  const names = Object.keys(kept).filter((one) => one !== 'token-of-another');
  const refused = [slack(harness.id, 'token'), ...names.map((one) => slack(one))];
  await create(name, { repositories: [{ name: 'web', notifications: [slack('open'), ...refused] }] });
  const message = await cluster.eventually(async () => refusal(name));
  for (const one of [harness.id, ...names]) expect(message).toContain(`Secret ${home}/${one} `);
  expect(message).toContain(`belongs to QuayIntegration ${harness.id}`);
  expect(message).toContain(`kubectl label secret unlabelled -n ${home} quayside.dev/document-secret=true`);
  // What is allowed was done beside them.
  expect(await titles(name)).toEqual(['open']);
  expect(sink.text()).toContain(open);
  expectNothingLeft();

  const metadata = {
    labels: { 'quayside.dev/document-secret': 'true' },
    annotations: { 'quayside.dev/organizations': name, 'quayside.dev/uses': 'notification' },
  };
  await cluster.patch(['secret', 'unlabelled', '-n', home], { metadata });
  await cluster.eventually(async () => expect(await titles(name)).toEqual(['open', 'unlabelled']));

  // Allowed no longer, it is told at once, and the new value does not follow.
  await cluster.patch(['secret', 'open', '-n', home], {
    metadata: { annotations: { 'quayside.dev/organizations': 'other' } },
    stringData: { value: 'https://hooks.example.com/c4n4ry-later' },
  });
  await cluster.eventually(async () => expect(await refusal(name)).toContain(`Secret ${home}/open may not be used`));
  expect(sink.text()).not.toContain('c4n4ry-later');
});

test('S1: nor as the password of a proxy cache or a mirror', async () => {
  const ref = { name: harness.id, key: 'token' };
  const cached = `${harness.id}-cached`;
  const upstreamRegistry = 'registry.example.com';
  await create(cached, { proxyCache: { upstreamRegistry, username: 'me', passwordSecretRef: ref } });
  const mirrored = `${harness.id}-mirrored`;
  const mirror = (name: string): object => ({
    externalReference: `registry.example.com/${name}`,
    tags: ['latest'],
    robot: 'puller',
    username: 'me',
    passwordSecretRef: { name, key: name === harness.id ? 'token' : 'value' },
  });
  await create(mirrored, {
    robots: [{ name: 'puller', role: 'write' }],
    repositories: [harness.id, 'unlabelled', 'token-of-another'].map((one) => ({ name: one, mirror: mirror(one) })),
  });
  await cluster.eventually(async () => {
    expect(await refusal(cached)).toContain(`Secret ${home}/${harness.id} belongs to`);
    const message = await refusal(mirrored);
    for (const one of [harness.id, 'unlabelled', 'token-of-another'])
      expect(message).toContain(`Secret ${home}/${one} `);
    expect(message).toContain('belongs to QuayIntegration another');
  });
  expect(sink.text()).not.toContain('external_registry_password');
  expect(sink.text()).not.toContain(harness.token());
});
