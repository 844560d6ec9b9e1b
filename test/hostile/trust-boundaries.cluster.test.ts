import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { home } from '../fixtures/operator/cluster.js';
import { conditionOf } from '../fixtures/operator/objects.js';
import { registryAt } from '../fixtures/registry-at.js';
import { declare, integrate } from './authors.js';
import { leaksIn } from './leaks.js';
import { canary, Scene, type Attacker } from './scene.js';

const id = 'hostile';
let scene: Scene;
let integrations: Attacker;
let organizations: Attacker;

beforeAll(async () => {
  scene = await Scene.open(id);
  const { cluster, harness } = scene;
  await Promise.all(['attackers', 'victim', 'openshift-operators'].map((name) => cluster.plane.kubectl(['create', 'namespace', name])));
  const hosts = { metadata: { namespace: 'openshift-operators', name: canary, annotations: { 'quayside.dev/hosts': 'quay.example.com' } } };
  await scene.plant('openshift-operators', canary, hosts);
  for (const namespace of ['victim', 'default', 'kube-system', home]) await scene.plant(namespace);
  await scene.plant(home, 'canary-git');
  await scene.plant(home, 'canary-document', {
    metadata: {
      namespace: home,
      name: 'canary-document',
      labels: { 'quayside.dev/document-secret': 'true' },
      annotations: { 'quayside.dev/organizations': 'others-*', 'quayside.dev/uses': 'mirror' },
    },
  });
  await cluster.create({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name: 'elsewhere' },
    spec: {
      clusterID: 'elsewhere',
      quayHostname: 'quay.example.com',
      credentialsSecret: { namespace: home, name: canary },
      git: { url: 'https://git.example.test/state.git', secretRef: { name: 'canary-git' } },
      allowlistNamespaces: ['none-of-these'],
      suspend: true,
    },
  });
  await harness.projects(['a', 'b', 'c'], ['web']);
  await harness.ready(['a', 'b', 'c']);
  integrations = await scene.attacker('integrations', [
    { apiGroups: ['quay.redhat.com', 'redhatcop.redhat.io'], resources: ['quayintegrations'], verbs: ['create'] },
  ]);
  organizations = await scene.attacker('organizations', [
    { apiGroups: ['quayside.dev'], resources: ['quayorganizations'], verbs: ['create'] },
  ]);
});
afterAll(async () => {
  integrations?.close();
  organizations?.close();
  await scene?.close();
});

/** A program that leaves a file behind when it is run. */
const program = (): string => join(scene.folder, 'was-run');
const stillReady = async (...names: readonly string[]): Promise<void> => {
  for (const name of names) expect(conditionOf(await scene.harness.object(name), 'Ready').status).toBe('True');
};
/** Where he listens, with a token that is his own at the Quay of everybody. */
const atHisHost = (credentialsSecret: object): object => ({ ...registryAt(scene.sink.url), credentialsSecret });
const withGit = (git: object): object => ({
  ...registryAt(scene.quay.url),
  credentialsSecret: { namespace: home, name: id },
  git,
});

describe('the author of a QuayIntegration', () => {
  const refused = /^(CredentialsHostMismatch|CredentialsRefused)$/;
  test.each<[string, () => object]>([
    ['the token of another integration', () => atHisHost({ namespace: home, name: id })],
    ['a token that is not used', () => atHisHost({ namespace: home, name: canary })],
    ['a Secret of another namespace', () => atHisHost({ namespace: 'victim', name: canary })],
    ['a Secret of the system', () => atHisHost({ namespace: 'kube-system', name: canary, key: 'password' })],
    ['a Secret that names its hosts', () => atHisHost({ namespace: 'openshift-operators', name: canary })],
    ['a Secret for documents', () => atHisHost({ namespace: home, name: 'canary-document', key: 'value' })],
    ['the key that marks are signed with', () => atHisHost({ namespace: home, name: 'quayside-ownership', key: 'key' })],
    ['a Git login as a token', () => atHisHost({ namespace: home, name: 'canary-git', key: 'password' })],
    ['by the old kind', () => ({ ...registryAt(scene.sink.url), credentialsSecretName: `victim/${canary}` })],
    ['a Git login', () => withGit({ url: `${scene.sink.url}/state.git`, secretRef: { name: 'canary-git' } })],
    ['a token as a Git login', () => withGit({ url: `${scene.sink.url}/state.git`, secretRef: { name: id } })],
    ['a Git key', () => withGit({ url: `ssh://git@${scene.sink.host}/x.git`, secretRef: { name: 'canary-git' } })],
  ])('gets at no Secret of others: %s', async (_, spec) => {
    const { reason, message } = await integrate(scene, integrations, spec());
    expect(reason).toMatch(refused);
    expect(leaksIn({ message }, { ...scene.secrets, token: scene.harness.token() })).toEqual([]);
    expect(scene.sink.asked).toEqual([]);
  });

  test.each<[string, () => string]>([
    ['as a transport', () => `ext::sh -c touch% ${program()}`],
    ['as an option', () => `--upload-pack=touch ${program()}`],
    ['as an option of ssh', () => `ssh://-oProxyCommand=touch ${program()}/x.git`],
    ['in a repository of the operator', () => `file://${scene.folder}/state/../tmp/../x.git`],
  ])('runs no program: %s', async (_, url) => {
    await integrate(scene, integrations, withGit({ url: url() }));
    expect(existsSync(program())).toBe(false);
    await stillReady('a');
  });
});

describe('the author of a QuayOrganization', () => {
  const slack = (name: string, key = 'value'): object => ({
    repositories: [{ name: 'web', notifications: [{ title: name, event: 'repo_push', method: 'slack', urlSecretRef: { name, key } }] }],
  });
  const labels = { 'app.kubernetes.io/managed-by': 'quayside', 'quayside.dev/integration': id };
  const robot = (name: string, serviceAccount = 'default'): object => ({
    robots: [{ name: 'builder', role: 'write', pullSecret: { name, serviceAccount } }],
  });

  test.each<[string, string, () => Parameters<typeof declare>[2]]>([
    ['the token of Quay', 'SecretNotAllowed', () => slack(id, 'token')],
    ['the token of another integration', 'SecretNotAllowed', () => slack(canary, 'token')],
    ['a Git login', 'SecretNotAllowed', () => slack('canary-git')],
    ['a Secret for other organizations', 'SecretNotAllowed', () => slack('canary-document')],
    ['the key that marks are signed with', 'SecretNotAllowed', () => slack('quayside-ownership', 'key')],
    ['a tenant’s service account', 'DocumentInvalid', () => ({ metadata: { labels }, namespace: scene.harness.namespace('a'), ...robot(canary) })],
    ['a namespace that is not selected', 'NotSelected|DocumentInvalid', () => ({ metadata: { labels }, namespace: 'kube-system', ...robot('mine') })],
    ['an organization of people', 'OrganizationNotOurs', () => ({ name: 'people' })],
    ['an organization of people, with a forged status', 'OrganizationNotOurs', () => ({ name: 'people2', status: { origin: 'created', registry: new URL(scene.quay.url).host } })],
    ['an organization of a tenant', 'Conflict', () => ({ name: scene.harness.organization('a') })],
  ])('gets nothing of %s', async (_, reason, spec) => {
    const wanted = spec();
    const { name } = wanted as { name?: string };
    if (name?.startsWith('people')) await scene.asPerson('POST', '/organization/', { name });
    const before = scene.simulator.requests.writes().length;
    expect(await declare(scene, organizations, wanted)).toMatchObject({ reason: expect.stringMatching(reason) });
    if (name?.startsWith('people')) expect(scene.simulator.requests.writes().length).toBe(before);
    await stillReady('a');
  });

  test('writes no status', async () => {
    const path = `/apis/quayside.dev/v1alpha1/quayorganizations/${id}.${scene.harness.namespace('a')}/status`;
    const { status } = await organizations.call('PATCH', path, { status: {} }, 'application/merge-patch+json');
    expect(status).toBe(403);
  });
});
