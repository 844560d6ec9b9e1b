import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { home } from '../fixtures/operator/cluster.js';
import { conditionOf, type Reported, secret } from '../fixtures/operator/objects.js';
import { writeState } from '../fixtures/operator/people.js';
import { robots } from '../fixtures/operator/pull-secrets.js';
import { registryAt } from '../fixtures/registry-at.js';
import { type Declared, declareOrganization, integrate } from './authors.js';
import { filesBelow, leaksIn, objectsIn, objectsOf, secretsIn } from './leaks.js';
import { canary, Scene, type Attacker } from './scene.js';

const id = 'hostile';
let scene: Scene;
let integrations: Attacker;
let organizations: Attacker;

beforeAll(async () => {
  scene = await Scene.open(id);
  const { cluster, harness } = scene;
  await Promise.all(
    ['attackers', 'victim', 'openshift-operators'].map((name) => cluster.plane.kubectl(['create', 'namespace', name])),
  );
  const hosts = {
    metadata: {
      namespace: 'openshift-operators',
      name: canary,
      annotations: { 'quayside.dev/hosts': 'quay.example.com' },
    },
  };
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
    [
      'the key that marks are signed with',
      () => atHisHost({ namespace: home, name: 'quayside-ownership', key: 'key' }),
    ],
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
  const slack = (name: string, key = 'value'): Declared => ({
    repositories: [
      {
        name: 'web',
        notifications: [{ title: name, event: 'repo_push', method: 'slack', urlSecretRef: { name, key } }],
      },
    ],
  });
  const labels = { 'app.kubernetes.io/managed-by': 'quayside', 'quayside.dev/integration': id };
  const robot = (name: string, serviceAccount = 'default'): Declared => ({
    robots: [{ name: 'builder', role: 'write', pullSecret: { name, serviceAccount } }],
  });

  test.each<[string, string, () => Declared]>([
    ['the token of Quay', 'SecretNotAllowed', () => slack(id, 'token')],
    ['the token of another integration', 'SecretNotAllowed', () => slack(canary, 'token')],
    ['a Git login', 'SecretNotAllowed', () => slack('canary-git')],
    ['a Secret for other organizations', 'SecretNotAllowed', () => slack('canary-document')],
    ['the key that marks are signed with', 'SecretNotAllowed', () => slack('quayside-ownership', 'key')],
    [
      'a tenant’s service account',
      'DocumentInvalid',
      () => ({ metadata: { labels }, namespace: scene.harness.namespace('a'), ...robot(canary) }),
    ],
    [
      'a namespace that is not selected',
      'NotSelected|DocumentInvalid',
      () => ({ metadata: { labels }, namespace: 'kube-system', ...robot('mine') }),
    ],
    ['an organization of people', 'OrganizationNotOurs', () => ({ name: 'people' })],
    [
      'an organization of people, with a forged status',
      'OrganizationNotOurs',
      () => ({ name: 'people2', status: { origin: 'created', registry: new URL(scene.quay.url).host } }),
    ],
    ['an organization of a tenant', 'Conflict', () => ({ name: scene.harness.organization('a') })],
  ])('gets nothing of %s', async (_, reason, spec) => {
    const wanted = spec();
    const { name } = wanted;
    if (name?.startsWith('people')) await scene.asPerson('POST', '/organization/', { name });
    const before = scene.simulator.requests.writes().length;
    expect(await declareOrganization(scene, organizations, wanted)).toMatchObject({
      reason: expect.stringMatching(reason),
    });
    if (name?.startsWith('people')) expect(scene.simulator.requests.writes().length).toBe(before);
    await stillReady('a');
  });

  test('writes no status', async () => {
    const path = `/apis/quayside.dev/v1alpha1/quayorganizations/${id}.${scene.harness.namespace('a')}/status`;
    const { status } = await organizations.call('PATCH', path, { status: {} }, 'application/merge-patch+json');
    expect(status).toBe(403);
  });
});

/** Nothing that came before stopped the operator: what a person pushes now arrives in Quay. */
let pushes = 0;
async function arrives(): Promise<void> {
  const { harness, cluster } = scene;
  pushes += 1;
  const team = `probe${pushes}`;
  await writeState(
    harness,
    `overlays/${harness.namespace('c')}.yaml`,
    `spec: {teams: [{name: ${team}, role: member}]}\n`,
  );
  await cluster.eventually(async () => {
    const { teams } = await harness.ask<{ teams: object }>('GET', `/organization/${harness.organization('c')}`);
    expect(teams).toHaveProperty(team);
  });
}
const secretNames = async (namespace: string): Promise<readonly string[]> => {
  const { items } = await scene.cluster.get<{ items: readonly Reported[] }>(`/api/v1/namespaces/${namespace}/secrets`);
  return items.map(({ metadata }) => metadata.name).sort();
};
const readyOf = async (name: string) => conditionOf(await scene.harness.object(name), 'Ready');
const refusal = (name: string, reason: string): Promise<void> =>
  scene.cluster.eventually(async () => expect(await readyOf(name)).toMatchObject({ status: 'False', reason }), 30_000);

describe('the administrator of a namespace', () => {
  const rules = [
    { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'patch', 'delete'] },
    // As the ClusterRole `admin`, which nobody aggregates here.
    { apiGroups: [''], resources: ['secrets', 'serviceaccounts', 'configmaps'], verbs: ['*'] },
    { apiGroups: ['image.openshift.io', 'build.openshift.io'], resources: ['*'], verbs: ['*'] },
  ];
  const administrator = (name: string): Promise<Attacker> =>
    scene.attacker(`administrator-${name}`, rules, scene.harness.namespace(name));
  const peoplesOrganization = async (name: string, robots: readonly string[]): Promise<string> => {
    const organization = scene.harness.organization(name);
    await scene.asPerson('POST', '/organization/', { name: organization });
    for (const robot of robots)
      await scene.asPerson('PUT', `/organization/${organization}/robots/${robot}`, { description: '' });
    return organization;
  };

  test('takes no organization of people over by a finalizer, and does not have it deleted', async () => {
    const { harness, cluster } = scene;
    const organization = await peoplesOrganization('taken', robots);
    await harness.projects(['taken']);
    await refusal('taken', 'OrganizationNotOurs');
    const { call } = await administrator('taken');
    const namespace = `/api/v1/namespaces/${harness.namespace('taken')}`;
    const finalizers = ['quay.redhat.com/quayintegrations'];
    const { status } = await call('PATCH', namespace, { metadata: { finalizers } }, 'application/merge-patch+json');
    expect(status).toBe(200);
    await refusal('taken', 'AdoptionPending');
    expect(await secretNames(harness.namespace('taken'))).toEqual([]);
    await call('PATCH', namespace, { metadata: { finalizers: null } }, 'application/merge-patch+json');
    await call('DELETE', namespace);
    await cluster.eventually(async () => expect(await harness.hasObject('taken')).toBe(false));
    expect(harness.organizations()).toContain(organization);
  });

  test('takes none over by the token of a robot that may only read', async () => {
    const { harness } = scene;
    const organization = await peoplesOrganization('lent', ['reader']);
    const { token } = await scene.asPerson<{ token: string }>('GET', `/organization/${organization}/robots/reader`);
    await harness.projects(['lent']);
    const { create } = await administrator('lent');
    const auths = {
      [new URL(scene.quay.url).host]: { auth: Buffer.from(`${organization}+reader:${token}`).toString('base64') },
    };
    const more = { type: 'kubernetes.io/dockerconfigjson' };
    await create({
      ...secret(harness.namespace('lent'), 'lent', { '.dockerconfigjson': JSON.stringify({ auths }) }),
      ...more,
    });
    await refusal('lent', 'OrganizationNotOurs');
    await arrives();
    expect(await secretNames(harness.namespace('lent'))).toEqual(['lent']);
  });

  test('has no Build pushed into the organization of another namespace', async () => {
    const { harness } = scene;
    const { call } = await administrator('b');
    const within = harness.namespace('b');
    const to = { kind: 'ImageStreamTag', name: 'web:latest', namespace: harness.namespace('a') };
    const build = {
      apiVersion: 'build.openshift.io/v1',
      kind: 'Build',
      metadata: { name: 'across', namespace: within },
      spec: { strategy: { type: 'Docker', dockerStrategy: {} }, output: { to } },
    };
    const { status, body } = await call('POST', `/apis/build.openshift.io/v1/namespaces/${within}/builds`, build);
    expect([status, (body as typeof build).spec.output.to]).toEqual([201, to]);
  });
});

describe('a user of Quay', () => {
  const markOf = async (name: string): Promise<string> => {
    const path = `/organization/${scene.harness.organization(name)}`;
    const { teams } = await scene.harness.ask<{ teams: Record<string, { description: string }> }>('GET', path);
    return teams['quayside']?.description ?? '';
  };
  const squat = async (name: string, mark: string): Promise<void> => {
    const organization = scene.harness.organization(name);
    await scene.asPerson('POST', '/organization/', { name: organization });
    await scene.asPerson('PUT', `/organization/${organization}/robots/builder`, { description: '' });
    if (mark !== '')
      await scene.asPerson('PUT', `/organization/${organization}/team/quayside`, { role: 'member', description: mark });
  };

  test.each<[string, string, string, () => Promise<string>]>([
    ['that she copied', 'copied', 'OwnedElsewhere', () => markOf('a')],
    [
      'that she wrote',
      'written',
      'OwnedElsewhere',
      async () =>
        (await markOf('a'))
          .replaceAll(scene.harness.namespace('a'), scene.harness.namespace('written'))
          .replace(/^signature: .*$/m, 'signature: AAAA'),
    ],
    ['that she left out', 'bare', 'OrganizationNotOurs', async () => ''],
  ])('gets no builds by taking a name beforehand, with a mark %s', async (_, name, reason, mark) => {
    await squat(name, await mark());
    await scene.harness.projects([name]);
    await refusal(name, reason);
    expect(await secretNames(scene.harness.namespace(name))).toEqual([]);
  });

  test('gets none by taking the name of one that was lost, with a robot of the same name', async () => {
    const { harness } = scene;
    await harness.projects(['lost']);
    await harness.ready(['lost']);
    await scene.pausing(async () => {
      await harness.loseOrganization('lost');
      await squat('lost', '');
    });
    await refusal('lost', 'OwnershipUncertain');
    const { token } = await scene.asPerson<{ token: string }>(
      'GET',
      `/organization/${harness.organization('lost')}/robots/builder`,
    );
    expect(leaksIn(await secretsIn(scene.cluster, new Set()), { token })).toEqual([]);
  });

  test('has none deleted by a mark that an owner edits', async () => {
    const { harness, cluster } = scene;
    await harness.projects(['edited']);
    await harness.ready(['edited']);
    const organization = harness.organization('edited');
    const description = (await markOf('edited')).replace(/origin: \w+/, 'origin: adopted');
    await harness.ask('PUT', `/organization/${organization}/team/quayside`, { role: 'member', description });
    await refusal('edited', 'OwnedElsewhere');
    await cluster.delete('namespace', harness.namespace('edited'));
    await cluster.eventually(async () => expect(await harness.hasObject('edited')).toBe(false));
    expect(harness.organizations()).toContain(organization);
  });
});

describe('after all of that, and a kill', () => {
  beforeAll(async () => {
    await scene.operators.at(-1)?.stop('SIGKILL');
  });

  test('the planted Secrets stand nowhere but where they were planted', async () => {
    const { cluster, harness, quay, sink, webhook } = scene;
    const cached = await readdir(join(scene.folder, 'cache'));
    const places = {
      'what Quay was sent': quay.text(),
      'what another host was sent': JSON.stringify(sink.asked),
      'the log of the operator': scene.log(),
      'the log of the webhook': webhook.log(),
      'the state repository': objectsOf(harness.remote),
      'the cache of the operator': filesBelow(join(scene.folder, 'cache')),
      'temporary files': `${scene.temporary} ${filesBelow(scene.temporary)}`,
      'the arguments of git': scene.arguments.flatMap(({ seen }) => [...seen]).join('\n'),
      ...(await objectsIn(cluster)),
    };
    expect(Object.entries(places).filter(([, text]) => text === '')).toEqual([]);
    expect(cached).not.toEqual([]);
    expect(places['the arguments of git']).toContain('git');
    // The token of Quay is shown to Quay, and to nobody else.
    expect(leaksIn(places, { ...scene.secrets, token: harness.token() })).toEqual([]);
    expect(leaksIn({ 'the logins at Quay': [...quay.authorizations].join('\n') }, scene.secrets)).toEqual([]);
    const planted = new Set(Object.keys(scene.secrets).map((name) => name.split('/')[1] ?? ''));
    expect(leaksIn(await secretsIn(cluster, planted), scene.secrets)).toEqual([]);
  });
});
