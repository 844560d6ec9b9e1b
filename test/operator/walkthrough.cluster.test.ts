import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Bridge } from './harness.js';
import { install } from '../charts/granted-fixture.js';
import { type Cluster, home } from './cluster.js';
import { conditionOf, imageStream } from './objects.js';
import type { Operator } from './operator.js';
import { account, demandPullSecrets, pullSecret, pullSecretName, robots } from './pull-secrets.js';

const id = 'walkthrough';
let cluster: Cluster;
let bridge: Bridge;
let operator: Operator;

beforeAll(async () => {
  // With the service account, the rights and the arguments that the manifests give it.
  const { as, argsOf, ...installed } = await install({ credentialsSecret: id });
  ({ cluster } = installed);
  await cluster.plane.audit.reset();
  bridge = await Bridge.open(cluster, { id });
  operator = await cluster.start({ kubeconfig: await as('quayside'), args: argsOf('Deployment', /^quayside$/) });
});
afterAll(async () => {
  await cluster.close();
  await bridge.quay.close();
});

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const repository = (of: string, name: string): Promise<{ is_public: boolean }> =>
  bridge.ask('GET', `/repository/${bridge.organization(of)}/${name}`);
const robotNames = async (of: string): Promise<readonly string[]> => {
  const answer = await bridge.ask<{ robots: { name: string }[] }>(
    'GET',
    `/organization/${bridge.organization(of)}/robots`,
  );
  return answer.robots.map(({ name }) => name.split('+')[1] ?? '').sort();
};

test('the integration is Ready before anybody needs it', async () => {
  await until(async () => expect(await bridge.condition('Ready')).toMatchObject({ status: 'True' }));
  expect(await operator.ask('/readyz')).toMatchObject({ status: 200 });
  expect(await operator.ask('/livez')).toMatchObject({ status: 200 });
});

test('a new project gets an organization, three robots, and three secrets beside what its accounts list already', async () => {
  await bridge.projects(['shop']);
  const own = { secrets: [{ name: 'mine' }], imagePullSecrets: [{ name: 'mine' }] };
  await cluster.patch(['serviceaccount', 'builder', '-n', bridge.namespace('shop')], own);
  await bridge.ready(['shop']);
  expect(await robotNames('shop')).toEqual([...robots]);
  await demandPullSecrets(bridge, 'shop');
  const builder = await account(bridge, 'shop', 'builder');
  for (const entries of [builder.secrets, builder.imagePullSecrets]) expect(entries).toContainEqual({ name: 'mine' });
});

test('an image stream gets a private repository, where the robots have their roles', async () => {
  await cluster.create(imageStream(bridge.namespace('shop'), 'web'));
  await until(async () => expect(await repository('shop', 'web')).toMatchObject({ is_public: false }));
  const users = `/repository/${bridge.organization('shop')}/web/permissions/user/`;
  await until(async () => {
    const { permissions } = await bridge.ask<{ permissions: Record<string, { role: string }> }>('GET', users);
    const roles = Object.fromEntries(
      Object.entries(permissions).map(([name, { role }]) => [name.split('+')[1] ?? '', role]),
    );
    expect(roles).toMatchObject({ builder: 'write', default: 'read', deployer: 'read' });
  });
});

test('a service account that is added to the matrix gets a robot, and its secret once the account is there', async () => {
  await bridge.projects(['matrix']);
  await bridge.ready(['matrix']);
  const three = ['builder', 'default', 'deployer'].map((name) => ({
    name,
    role: name === 'builder' ? 'write' : 'read',
  }));
  await bridge.edit({ serviceAccounts: [...three, { name: 'pipeline', role: 'write' }] });
  await until(async () => expect(await robotNames('matrix')).toContain('pipeline'));
  await cluster.plane.kubectl(['create', 'serviceaccount', 'pipeline', '-n', bridge.namespace('matrix')]);
  await until(() => demandPullSecrets(bridge, 'matrix', [...robots, 'pipeline']));
  await bridge.edit({ serviceAccounts: null });
  await until(async () => expect(await robotNames('matrix')).toEqual([...robots]));
  const left = `/api/v1/namespaces/${bridge.namespace('matrix')}/secrets/${pullSecretName(bridge, 'pipeline')}`;
  await until(async () => expect(await cluster.has(left)).toBe(false));
});

describe('Q34 what is changed behind its back is put right', () => {
  const name = 'healed';
  beforeAll(async () => {
    await bridge.projects([name], ['web']);
    await bridge.ready([name]);
  });

  test('an organization that was deleted in Quay', async () => {
    await bridge.loseOrganization(name);
    await until(() => demandPullSecrets(bridge, name));
    await until(() => repository(name, 'web'));
  });

  test('a robot that was deleted in Quay', async () => {
    await bridge.ask('DELETE', `/organization/${bridge.organization(name)}/robots/builder`);
    await until(() => demandPullSecrets(bridge, name));
  });

  test('a permission that was taken away', async () => {
    const robot = `${bridge.organization(name)}+builder`;
    const path = `/repository/${bridge.organization(name)}/web/permissions/user/${robot}`;
    await bridge.ask('DELETE', path);
    await until(async () => expect(await bridge.ask('GET', path)).toMatchObject({ role: 'write' }));
  });

  test('a role that was changed, by the deep sweep', async () => {
    const robot = `${bridge.organization(name)}+default`;
    const path = `/repository/${bridge.organization(name)}/web/permissions/user/${robot}`;
    await bridge.ask('PUT', path, { role: 'admin' });
    await until(async () => expect(await bridge.ask('GET', path)).toMatchObject({ role: 'read' }));
    await until(async () => expect((await bridge.object(name)).status?.drift?.found).toBeGreaterThan(0));
  });

  test('a pull secret that was deleted, and one that was edited', async () => {
    const of = ['-n', bridge.namespace(name)];
    const { uid } = (await pullSecret(bridge, name, 'default')).metadata;
    await cluster.delete('secret', pullSecretName(bridge, 'default'), ...of);
    await until(async () => expect((await pullSecret(bridge, name, 'default')).metadata.uid).not.toBe(uid));
    const nothing = { data: { '.dockerconfigjson': Buffer.from('{"auths":{}}').toString('base64') } };
    await cluster.patch(['secret', pullSecretName(bridge, 'deployer'), ...of], nothing);
    await until(() => demandPullSecrets(bridge, name));
  });

  test('a service account that lost its secret, and one that was made again', async () => {
    const of = ['-n', bridge.namespace(name)];
    await cluster.patch(['serviceaccount', 'builder', ...of], { secrets: null, imagePullSecrets: null });
    await cluster.plane.kubectl(['delete', 'serviceaccount', 'deployer', ...of]);
    await cluster.plane.kubectl(['create', 'serviceaccount', 'deployer', ...of]);
    await until(() => demandPullSecrets(bridge, name));
  });
});

test('a namespace that is deleted goes at once, and takes its organization along', async () => {
  await bridge.projects(['gone'], ['web']);
  await bridge.ready(['gone']);
  await cluster.plane.kubectl(['delete', 'namespace', bridge.namespace('gone'), '--timeout=60s']);
  expect(bridge.organizations()).toContain(bridge.organization('gone'));
  await until(() => expect(bridge.organizations()).not.toContain(bridge.organization('gone')));
  await until(async () => expect(await bridge.hasObject('gone')).toBe(false));
  expect((await bridge.integration()).status?.deletions?.organizations).toHaveLength(1);
  expect(bridge.organizations()).toContain(bridge.organization('shop'));
});

test('the status reads like a dashboard, and no token shows in the log', async () => {
  await bridge.ready(['shop']);
  const object = await bridge.object('shop');
  expect(object.metadata.finalizers).toEqual(['quayside.dev/organization']);
  expect(object.status).toMatchObject({ origin: 'created', repositories: 1 });
  expect(conditionOf(object, 'Ready').message).not.toBe('');
  const table = await cluster.plane.kubectl(['get', 'quayorganizations']);
  expect(table).toMatch(new RegExp(`${bridge.organization('shop')} .*True`));
  expect(operator.log()).not.toContain(bridge.token());
});

test('nothing in all this was forbidden', async () => {
  const requests = await cluster.plane.audit.requests({ user: `system:serviceaccount:${home}:quayside` });
  expect(requests.length).toBeGreaterThan(50);
  expect(requests.filter(({ code }) => code === 401 || code === 403).map(({ uri }) => uri)).toEqual([]);
});
