import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { conditionOf, project, type Reported } from '../fixtures/operator/objects.js';
import { files, git } from '../fixtures/operator/people.js';
import { account, demandPullSecrets } from '../fixtures/operator/pull-secrets.js';

const author = { namespace: 'default', name: 'author' };
const objects = '/apis/quayside.dev/v1alpha1/quayorganizations';
const outside = 's20-not-selected';

let cluster: Cluster;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
  harness = await Harness.open(cluster);
  await harness.projects(['a', 'b']);
  await harness.ready(['a', 'b']);
  await cluster.create(...project(outside, {}), {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 's20-author' },
    rules: [{ apiGroups: ['quayside.dev'], resources: ['quayorganizations'], verbs: ['create'] }],
  });
  await cluster.create(
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: author },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 's20-author' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 's20-author' },
      subjects: [{ kind: 'ServiceAccount', ...author }],
    },
  );
});
afterAll(async () => {
  await harness.close();
  await cluster.close();
});

const readyOf = async (name: string) => conditionOf(await cluster.get<Reported>(`${objects}/${name}`), 'Ready');
const secretsOf = async (namespace: string): Promise<readonly string[]> => {
  const { items } = await cluster.get<{ items: readonly Reported[] }>(`/api/v1/namespaces/${namespace}/secrets`);
  return items.map(({ metadata }) => metadata.name).sort();
};

/** What the author states, with the labels of what Quayside renders. */
const forged = (name: string, spec: object): string =>
  JSON.stringify({
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'quayside', 'quayside.dev/integration': harness.id } },
    spec: { integration: harness.id, ...spec },
  });
const robot = (name: string, serviceAccount = name, secret = `${serviceAccount}-quay-${harness.id}`) => ({
  robots: [{ name, role: 'write', pullSecret: { name: secret, serviceAccount } }],
});

describe('S20: an object with our labels, made by somebody who may only create such objects', () => {
  test.each([
    ['kube-system', () => 'kube-system', {}, /does not select kube-system/],
    ['a namespace of somebody else', () => outside, {}, /does not select s20-not-selected/],
    [
      'an organization of another name',
      () => harness.namespace('a'),
      { name: 'elsewhere' },
      /spec\.name: is elsewhere/,
    ],
    ['an object of another name', () => harness.namespace('a'), { name: 'more' }, /metadata\.name: is .*forged/],
  ])('for %s gets nothing, and says why', async (_case, namespaceOf, more, words) => {
    const namespace = namespaceOf();
    const before = await secretsOf(namespace);
    const name = `${harness.id}.forged-${namespace}-${Object.values(more).join('')}x`;
    const spec = { namespace, name: `${harness.id}_${namespace}`, ...robot('builder'), ...more };
    await cluster.plane.kubectl(['create', '-f', '-'], { input: forged(name, spec), as: author });
    await cluster.eventually(async () => {
      const ready = await readyOf(name);
      expect(ready).toMatchObject({ status: 'False', reason: expect.stringMatching(/DocumentInvalid|NotSelected/) });
      expect(ready.message).toMatch(words);
    });
    expect(await secretsOf(namespace)).toEqual(before);
    expect(harness.organizations()).not.toContain(spec.name === harness.organization('a') ? 'elsewhere' : spec.name);
    await cluster.delete('quayorganization', name);
  });

  test('for another service account, and with a Secret of another name, gets nothing either', async () => {
    const namespace = harness.namespace('late');
    // OpenShift has not set it up, so nothing is rendered for it yet.
    const annotations = { 'openshift.io/display-name': '', 'openshift.io/description': '' };
    const metadata = { name: namespace, labels: harness.labels, annotations };
    await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata });
    const name = `${harness.id}.${namespace}`;
    const spec = { namespace, name: `${harness.id}_${namespace}`, ...robot('builder', 'default', 'bootstrap-token') };
    await cluster.plane.kubectl(['create', '-f', '-'], { input: forged(name, spec), as: author });
    await cluster.eventually(async () => {
      const ready = await readyOf(name);
      expect(ready).toMatchObject({ status: 'False', reason: 'DocumentInvalid' });
      expect(ready.message).toMatch(/robots\[0\]\.name: is builder; .*default[^]*pullSecret\.name: is bootstrap-token/);
    });
    expect(await secretsOf(namespace)).toEqual([]);
    expect(harness.organizations()).not.toContain(spec.name);
  });
});

test('S20: an object that Quayside rendered, and somebody edited, keeps what it gave and gives nothing else', async () => {
  // Nobody takes the edit back.
  await harness.editAndWait({ git: { sync: 'External' } });
  const path = `${objects}/${harness.id}.${harness.namespace('b')}`;
  const before = await secretsOf(harness.namespace('b'));
  const { spec } = await harness.object('b');
  const robots = spec['robots'] as readonly object[];
  const edited = { ...robots[0], pullSecret: { name: 'stolen', serviceAccount: 'default' } };
  await cluster.merge(path, { spec: { robots: [edited, ...robots.slice(1)] } });
  await cluster.eventually(async () => {
    const ready = conditionOf(await harness.object('b'), 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'DocumentInvalid' });
    expect(ready.message).toMatch(/spec\.robots\[0\]/);
  });
  expect(await secretsOf(harness.namespace('b'))).toEqual(before);
  const { secrets = [] } = await account(harness, 'b', 'default');
  expect(secrets.map(({ name }) => name)).not.toContain('stolen');
  await demandPullSecrets(harness, 'b');
  expect(harness.deletes()).toEqual([]);
  await cluster.merge(path, { spec: { robots } });
  await harness.ready(['b']);
  expect(files(harness)).toContain(`clusters/${harness.id}/organizations/${harness.namespace('b')}.yaml`);
  expect(
    git(harness.remote, 'show', `main:clusters/${harness.id}/organizations/${harness.namespace('b')}.yaml`),
  ).not.toContain('stolen');
});
