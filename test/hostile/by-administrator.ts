import { describe, expect, test } from '@jest/globals';
import { robots } from '../fixtures/operator/pull-secrets.js';
import { type Reported, secret } from '../fixtures/operator/objects.js';
import { begun } from './begun.js';
import { scene } from './installation.js';
import { type Attacker } from './scene.js';
import { arrives, readyOf, refusal, secretNames } from './seen.js';

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

const takeOver = async (): Promise<void> => {
  const { harness, cluster } = scene;
  const organization = await peoplesOrganization('taken', robots);
  await scene.projects(['taken']);
  await refusal(scene, 'taken', 'OrganizationNotOurs');
  const { call } = await administrator('taken');
  const namespace = `/api/v1/namespaces/${harness.namespace('taken')}`;
  const finalizers = ['quay.redhat.com/quayintegrations'];
  const { status } = await call('PATCH', namespace, { metadata: { finalizers } }, 'application/merge-patch+json');
  expect(status).toBe(200);
  // Whichever comes first: the organization is looked at once more, or the finalizer of one that is refused is removed.
  await cluster.eventually(async () => {
    const { metadata } = await cluster.get<Reported>(namespace);
    const { reason } = await readyOf(scene, 'taken');
    expect(reason === 'AdoptionPending' || metadata.finalizers === undefined).toBe(true);
  });
  expect((await readyOf(scene, 'taken')).reason).toMatch(/^(AdoptionPending|OrganizationNotOurs)$/);
  expect(await secretNames(scene, harness.namespace('taken'))).toEqual([]);
  await call('PATCH', namespace, { metadata: { finalizers: null } }, 'application/merge-patch+json');
  await call('DELETE', namespace);
  await cluster.eventually(async () => expect(await harness.hasObject('taken')).toBe(false));
  expect(harness.organizations()).toContain(organization);
};

const useToken = async (): Promise<void> => {
  const { harness } = scene;
  const organization = await peoplesOrganization('lent', ['reader']);
  const { token } = await scene.asPerson<{ token: string }>('GET', `/organization/${organization}/robots/reader`);
  await scene.projects(['lent']);
  const { create } = await administrator('lent');
  const auths = {
    [new URL(scene.quay.url).host]: { auth: Buffer.from(`${organization}+reader:${token}`).toString('base64') },
  };
  const more = { type: 'kubernetes.io/dockerconfigjson' };
  await create({
    ...secret(harness.namespace('lent'), 'lent', { '.dockerconfigjson': JSON.stringify({ auths }) }),
    ...more,
  });
  await refusal(scene, 'lent', 'OrganizationNotOurs');
  await arrives(scene);
  expect(await secretNames(scene, harness.namespace('lent'))).toEqual(['lent']);
};

const attempts = begun(() => [
  ['finalizer', takeOver()],
  ['token', useToken()],
]);

describe('the administrator of a namespace', () => {
  test('takes no organization of people over by a finalizer, and does not have it deleted', () =>
    attempts('finalizer'));

  test('takes none over by the token of a robot that may only read', () => attempts('token'));

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
