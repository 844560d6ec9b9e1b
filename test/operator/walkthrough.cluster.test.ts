import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Harness } from '../fixtures/operator/harness.js';
import { install } from '../fixtures/granted.js';
import { type Cluster, home } from '../fixtures/operator/cluster.js';
import { conditionOf, imageStream } from '../fixtures/operator/objects.js';
import type { Operator } from '../fixtures/operator/operator.js';
import { account, demandPullSecrets, pullSecret, pullSecretName, robots } from '../fixtures/operator/pull-secrets.js';

const id = 'walkthrough';
let cluster: Cluster;
let harness: Harness;
let operator: Operator;

beforeAll(async () => {
  // With the service account, the rights and the arguments that the manifests give it.
  const { as, argsOf, ...installed } = await install({ credentialsSecret: id });
  ({ cluster } = installed);
  await cluster.plane.audit.reset();
  harness = await Harness.open(cluster, { id });
  operator = await cluster.start({ kubeconfig: await as('quayside'), args: argsOf('Deployment', /^quayside$/) });
});
afterAll(async () => {
  await cluster.close();
  await harness.quay.close();
});

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const repository = (of: string, name: string): Promise<{ is_public: boolean }> =>
  harness.ask('GET', `/repository/${harness.organization(of)}/${name}`);
const robotNames = async (of: string): Promise<readonly string[]> => {
  const answer = await harness.ask<{ robots: { name: string }[] }>(
    'GET',
    `/organization/${harness.organization(of)}/robots`,
  );
  return answer.robots.map(({ name }) => name.split('+')[1] ?? '').sort();
};
const serviceAccount = (name: string, namespace: string): object => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace },
});

test('the integration is Ready before anybody needs it', async () => {
  await until(async () => expect(await harness.condition('Ready')).toMatchObject({ status: 'True' }));
  expect(await operator.ask('/readyz')).toMatchObject({ status: 200 });
  expect(await operator.ask('/livez')).toMatchObject({ status: 200 });
});

test('a new project gets an organization, three robots, and three secrets beside what its accounts list already', async () => {
  await harness.projects(['shop']);
  const own = { secrets: [{ name: 'mine' }], imagePullSecrets: [{ name: 'mine' }] };
  await cluster.patch(['serviceaccount', 'builder', '-n', harness.namespace('shop')], own);
  await harness.ready(['shop']);
  expect(await robotNames('shop')).toEqual([...robots]);
  await demandPullSecrets(harness, 'shop');
  const builder = await account(harness, 'shop', 'builder');
  for (const entries of [builder.secrets, builder.imagePullSecrets]) expect(entries).toContainEqual({ name: 'mine' });
});

test('an image stream gets a private repository, where the robots have their roles', async () => {
  await cluster.create(imageStream(harness.namespace('shop'), 'web'));
  await until(async () => expect(await repository('shop', 'web')).toMatchObject({ is_public: false }));
  const users = `/repository/${harness.organization('shop')}/web/permissions/user/`;
  await until(async () => {
    const { permissions } = await harness.ask<{ permissions: Record<string, { role: string }> }>('GET', users);
    const roles = Object.fromEntries(
      Object.entries(permissions).map(([name, { role }]) => [name.split('+')[1] ?? '', role]),
    );
    expect(roles).toMatchObject({ builder: 'write', default: 'read', deployer: 'read' });
  });
});

test('a service account that is added to the matrix gets a robot, and its secret once the account is there', async () => {
  await harness.projects(['matrix']);
  await harness.ready(['matrix']);
  const three = ['builder', 'default', 'deployer'].map((name) => ({
    name,
    role: name === 'builder' ? 'write' : 'read',
  }));
  await harness.edit({ serviceAccounts: [...three, { name: 'pipeline', role: 'write' }] });
  await until(async () => expect(await robotNames('matrix')).toContain('pipeline'));
  await cluster.create(serviceAccount('pipeline', harness.namespace('matrix')));
  await until(() => demandPullSecrets(harness, 'matrix', [...robots, 'pipeline']));
  await harness.edit({ serviceAccounts: null });
  await until(async () => expect(await robotNames('matrix')).toEqual([...robots]));
  const left = `/api/v1/namespaces/${harness.namespace('matrix')}/secrets/${pullSecretName(harness, 'pipeline')}`;
  await until(async () => expect(await cluster.has(left)).toBe(false));
});

describe('Q34 a change in Quay or the cluster is corrected:', () => {
  const name = 'healed';
  beforeAll(async () => {
    await harness.projects([name], ['web']);
    await harness.ready([name]);
  });

  test('an organization that was deleted in Quay', async () => {
    await harness.loseOrganization(name);
    await until(() => demandPullSecrets(harness, name));
    await until(() => repository(name, 'web'));
  });

  test('a robot that was deleted in Quay', async () => {
    await harness.ask('DELETE', `/organization/${harness.organization(name)}/robots/builder`);
    await until(() => demandPullSecrets(harness, name));
  });

  test('a permission that was taken away', async () => {
    const robot = `${harness.organization(name)}+builder`;
    const path = `/repository/${harness.organization(name)}/web/permissions/user/${robot}`;
    await harness.ask('DELETE', path);
    await until(async () => expect(await harness.ask('GET', path)).toMatchObject({ role: 'write' }));
  });

  test('a role that was changed, by the resync of roles', async () => {
    const robot = `${harness.organization(name)}+default`;
    const path = `/repository/${harness.organization(name)}/web/permissions/user/${robot}`;
    await harness.ask('PUT', path, { role: 'admin' });
    await until(async () => expect(await harness.ask('GET', path)).toMatchObject({ role: 'read' }));
    await until(async () => expect((await harness.object(name)).status?.drift?.found).toBeGreaterThan(0));
  });

  test('a pull secret that was deleted, and one that was edited', async () => {
    const of = ['-n', harness.namespace(name)];
    const { uid } = (await pullSecret(harness, name, 'default')).metadata;
    await cluster.delete('secret', pullSecretName(harness, 'default'), ...of);
    await until(async () => expect((await pullSecret(harness, name, 'default')).metadata.uid).not.toBe(uid));
    const nothing = { data: { '.dockerconfigjson': Buffer.from('{"auths":{}}').toString('base64') } };
    await cluster.patch(['secret', pullSecretName(harness, 'deployer'), ...of], nothing);
    await until(() => demandPullSecrets(harness, name));
  });

  test('a service account that lost its secret, and one that was made again', async () => {
    const of = ['-n', harness.namespace(name)];
    await cluster.patch(['serviceaccount', 'builder', ...of], { secrets: null, imagePullSecrets: null });
    await cluster.delete('serviceaccount', 'deployer', ...of);
    await cluster.create(serviceAccount('deployer', harness.namespace(name)));
    await until(() => demandPullSecrets(harness, name));
  });
});

test('a namespace that is deleted goes at once, and takes its organization along', async () => {
  await harness.projects(['gone'], ['web']);
  await harness.ready(['gone']);
  await cluster.deleteAndWait('namespace', harness.namespace('gone'));
  expect(harness.organizations()).toContain(harness.organization('gone'));
  await until(() => expect(harness.organizations()).not.toContain(harness.organization('gone')));
  await until(async () => expect(await harness.hasObject('gone')).toBe(false));
  expect((await harness.integration()).status?.deletions?.organizations).toHaveLength(1);
  expect(harness.organizations()).toContain(harness.organization('shop'));
});

test('the status reads like a dashboard, and no token shows in the log', async () => {
  await harness.ready(['shop']);
  const object = await harness.object('shop');
  expect(object.metadata.finalizers).toEqual(['quayside.dev/organization']);
  expect(object.status).toMatchObject({ origin: 'created', repositories: 1 });
  expect(conditionOf(object, 'Ready').message).not.toBe('');
  const table = await cluster.plane.kubectl(['get', 'quayorganizations']);
  expect(table).toMatch(new RegExp(`${harness.organization('shop')} .*True`));
  expect(operator.log()).not.toContain(harness.token());
});

test('no call of the walkthrough was forbidden', async () => {
  const requests = await cluster.plane.audit.requests({ user: `system:serviceaccount:${home}:quayside` });
  expect(requests.length).toBeGreaterThan(50);
  expect(requests.filter(({ code }) => code === 401 || code === 403).map(({ uri }) => uri)).toEqual([]);
});
