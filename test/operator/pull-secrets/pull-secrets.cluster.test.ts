import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Fields } from '../../../src/json/index.js';
import { type KubeClient, objectPath, resourceTypes } from '../../../src/kube/index.js';
import { writes } from '../../control-plane/audit/filter.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../support/eventually.js';
import { createNamespace } from '../../control-plane/namespace.js';
import { sharedControlPlane } from '../../control-plane/shared.js';
import { clientAt } from '../../support/client-at.js';
import {
  configuration,
  create,
  host,
  listsOf,
  liveSecret,
  openFixture,
  organizationOf,
  robots,
  type Fixture,
  secretOf,
} from './fixture.js';

const userAgent = `pull-secrets-test-${process.pid}`;
let controlPlane: SharedControlPlane;
let client: KubeClient;
let somebody: KubeClient;
let fixture: Fixture;
let namespace: string;

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  client = clientAt(controlPlane.kubeconfig, userAgent);
  somebody = clientAt(controlPlane.kubeconfig, 'somebody');
  fixture = await openFixture(client);
});
afterAll(async () => {
  await fixture.stop();
  await client.close();
  await somebody.close();
});
beforeEach(async () => {
  namespace = await createNamespace(controlPlane, 'pull');
  await createAccount('builder');
  await eventually(() => expect(fixture.accounts.cache.list(namespace).map(({ name }) => name)).toContain('builder'));
  fixture.events.length = 0;
  await controlPlane.audit.reset();
});

const createAccount = (name: string): Promise<unknown> =>
  controlPlane.edits.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
const patch = (kind: string, name: string, change: object): Promise<void> =>
  controlPlane.edits.patch([kind, name, '-n', namespace], change);
const calls = (): Promise<Readonly<Record<string, number>>> => controlPlane.audit.counts({ userAgent, namespace });
const countWrites = (): Promise<number> => controlPlane.audit.count({ userAgent, namespace, verb: writes });
/** Waits until the caches show the secrets of these service accounts as they are stated. */
const settled = (accounts: readonly string[] = robots, salt = 'A'): Promise<void> =>
  eventually(() => {
    for (const name of accounts) {
      const state = fixture.secrets.cache.get(`${namespace}/${secretOf(name)}`);
      expect(state?.entries[0]?.password.reveal()).toBe(`CANARY-${name}-${salt.repeat(20)}`);
      const account = fixture.accounts.cache.get(`${namespace}/${name}`);
      if (account !== undefined) expect(account.imagePullSecrets).toContain(secretOf(name));
    }
  });
const secretObject = (account: string, data: string, more: Fields = {}): Fields => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: secretOf(account) },
  type: 'kubernetes.io/dockerconfigjson',
  data: { '.dockerconfigjson': data },
  ...more,
});

describe('pull secrets', () => {
  test('have the shape that the predecessor gave them, are labelled, and belong to nobody', async () => {
    const { problems, robots: status, writes: count } = await fixture.reconcile(organizationOf(namespace));
    expect(problems).toEqual([]);
    expect(status).toEqual([
      { name: 'builder', serviceAccount: 'builder', secret: secretOf('builder'), ready: true, linked: true },
      { name: 'default', serviceAccount: 'default', secret: secretOf('default'), ready: true, linked: true },
      expect.objectContaining({
        name: 'deployer',
        ready: true,
        linked: false,
        message: 'the service account deployer is not there',
      }),
    ]);
    expect(count).toBe(5);
    for (const account of robots) {
      const live = await liveSecret(somebody, namespace, account);
      expect(live).toMatchObject({
        type: 'kubernetes.io/dockerconfigjson',
        data: { '.dockerconfigjson': configuration(namespace, account) },
        metadata: {
          labels: {
            'app.kubernetes.io/managed-by': 'quayside',
            'quayside.dev/integration': 'quay',
            'quayside.dev/organization': `openshift.${namespace}`,
          },
          managedFields: [expect.objectContaining({ manager: 'quayside', operation: 'Apply' })],
        },
      });
      expect(live.metadata).not.toHaveProperty('ownerReferences');
    }
    for (const account of ['builder', 'default']) {
      expect(await listsOf(somebody, namespace, account)).toEqual([[secretOf(account)], [secretOf(account)]]);
    }
  });

  test('cost one write each and one for the account at first, and no call at all at rest', async () => {
    await createAccount('deployer');
    await eventually(() => expect(fixture.accounts.cache.get(`${namespace}/deployer`)).toBeDefined());
    await controlPlane.audit.reset();
    await fixture.reconcile(organizationOf(namespace));
    expect(await calls()).toEqual({
      'patch secrets': 3,
      'patch serviceaccounts': 3,
    });
    await controlPlane.audit.reset();
    // At once, while the caches may not have heard of it yet.
    expect((await fixture.reconcile(organizationOf(namespace))).writes).toBe(0);
    expect(await countWrites()).toBe(0);
    await settled();
    await controlPlane.audit.reset();
    for (let again = 0; again < 5; again += 1) {
      const { robots: status, writes: count } = await fixture.reconcile(organizationOf(namespace));
      expect([count, status.every(({ ready, linked }) => ready && linked)]).toEqual([0, true]);
    }
    expect(await calls()).toEqual({});
    expect(fixture.events).toEqual([]);
  });

  test('that a predecessor left are taken over with nothing but labels', async () => {
    const before = await create(somebody, secretObject('builder', configuration(namespace, 'builder')), namespace);
    const { problems } = await fixture.reconcile(organizationOf(namespace));
    expect(problems).toEqual([]);
    const after = await liveSecret(somebody, namespace, 'builder');
    expect(after.data).toEqual(before.data);
    expect(after).toMatchObject({
      metadata: { uid: (before.metadata as Fields).uid, labels: { 'quayside.dev/integration': 'quay' } },
    });
    await settled();
    await controlPlane.audit.reset();
    await fixture.reconcile(organizationOf(namespace));
    expect(await calls()).toEqual({});
  });

  test('that a predecessor left with an old token, or without a host, are taken over as well', async () => {
    await create(somebody, secretObject('builder', configuration(namespace, 'builder', 'B')), namespace);
    await create(somebody, secretObject('default', configuration(namespace, 'default', 'A', '')), namespace);
    expect((await fixture.reconcile(organizationOf(namespace))).problems).toEqual([]);
    for (const account of ['builder', 'default']) {
      const { data } = await liveSecret(somebody, namespace, account);
      expect(data).toEqual({ '.dockerconfigjson': configuration(namespace, account) });
    }
  });

  test('Q33: follow a token that changed, and a host that changed', async () => {
    await fixture.reconcile(organizationOf(namespace));
    await settled();
    expect((await fixture.reconcile(organizationOf(namespace), { salt: 'B' })).writes).toBe(3);
    await settled(robots, 'B');
    expect((await fixture.reconcile(organizationOf(namespace), { salt: 'B', host: 'other.example.com' })).writes).toBe(
      3,
    );
    const { data } = await liveSecret(somebody, namespace, 'builder');
    expect(data).toEqual({ '.dockerconfigjson': configuration(namespace, 'builder', 'B', 'other.example.com') });
  });

  test('Q33: are put back when somebody deletes or edits one, or takes its label or its link away', async () => {
    const { robots: status } = await fixture.reconcile(organizationOf(namespace));
    const organization = organizationOf(namespace, robots, status);
    await settled();
    await controlPlane.edits.delete('secret', secretOf('builder'), '-n', namespace);
    await patch('secret', secretOf('default'), { data: { '.dockerconfigjson': 'e30=' } });
    const labels = { 'app.kubernetes.io/managed-by': null };
    await patch('secret', secretOf('deployer'), { metadata: { labels } });
    await patch('serviceaccount', 'default', { imagePullSecrets: [] });
    await eventually(() => {
      expect(fixture.secrets.cache.list(namespace).map(({ entries }) => entries.length)).toEqual([0]);
      expect(fixture.accounts.cache.get(`${namespace}/default`)?.imagePullSecrets).toEqual([]);
    });
    const healed = await fixture.reconcile(organization);
    expect([healed.problems, healed.writes]).toEqual([[], 4]);
    await settled();
    expect(await listsOf(somebody, namespace, 'default')).toEqual([[secretOf('default')], [secretOf('default')]]);
    expect(fixture.events).toMatchObject([
      { type: 'Normal', reason: 'PullSecretRecreated', regarding: { namespace, name: secretOf('builder') } },
    ]);
  });

  test('are not written over what somebody else has under that name, which keeps no other robot from its own', async () => {
    const theirs = Buffer.from(
      JSON.stringify({ auths: { [host]: { auth: 'bWU6c2VjcmV0' }, 'registry.example.org': { auth: 'bWU6c2VjcmV0' } } }),
    ).toString('base64');
    const before = await create(somebody, secretObject('builder', theirs), namespace);
    const opaque = { type: 'Opaque', data: { key: 'eA==' } };
    await create(somebody, secretObject('default', '', opaque), namespace);
    const { problems, robots: status } = await fixture.reconcile(organizationOf(namespace));
    expect(problems).toMatchObject([
      { robot: 'builder', reason: 'Conflict', retryable: false, message: expect.stringContaining("somebody else's") },
      { robot: 'default', reason: 'Conflict', retryable: false, message: expect.stringContaining('type Opaque') },
    ]);
    expect(status.map(({ ready, linked }) => [ready, linked])).toEqual([
      [false, false],
      [false, false],
      [true, false],
    ]);
    expect(await liveSecret(somebody, namespace, 'builder')).toEqual(before);
    expect(await listsOf(somebody, namespace, 'builder')).toEqual([[], []]);
    expect(fixture.events.map(({ type, reason }) => [type, reason])).toEqual([
      ['Warning', 'Conflict'],
      ['Warning', 'Conflict'],
    ]);
    expect(JSON.stringify([problems, fixture.events])).not.toMatch(/CANARY|bWU6/);
  });

  test('go with their robots, off the accounts first, and only when they may', async () => {
    await fixture.reconcile(organizationOf(namespace));
    await createAccount('another');
    const imagePullSecrets = [{ name: 'theirs' }, { name: secretOf('builder') }];
    await patch('serviceaccount', 'another', { imagePullSecrets });
    await create(
      somebody,
      { ...secretObject('x', configuration(namespace, 'x')), metadata: { name: 'theirs' } },
      namespace,
    );
    await settled();
    await eventually(() =>
      expect(fixture.accounts.cache.get(`${namespace}/another`)?.imagePullSecrets).toHaveLength(2),
    );
    const fewer = organizationOf(namespace, ['default', 'deployer']);
    await controlPlane.audit.reset();
    expect((await fixture.reconcile(fewer, { mayRemove: false })).writes).toBe(0);
    expect(await calls()).toEqual({});
    expect(await fixture.reconcile(fewer)).toMatchObject({ problems: [], writes: 3 });
    expect(await listsOf(somebody, namespace, 'builder')).toEqual([[], []]);
    expect(await listsOf(somebody, namespace, 'another')).toEqual([[], ['theirs']]);
    const left = await controlPlane.edits.get<{ items: { metadata: Fields }[] }>('secret', '--all', '-n', namespace);
    expect(left?.items.map(({ metadata }) => metadata.name)).toEqual([
      secretOf('default'),
      secretOf('deployer'),
      'theirs',
    ]);
    expect(fixture.events).toMatchObject([{ reason: 'PullSecretRemoved', regarding: { name: secretOf('builder') } }]);
  });

  test('wait for robots and tokens that Quay does not have yet', async () => {
    const nothing = { tokens: new Map(), exists: () => false };
    const { robots: status, problems } = await fixture.reconcile(organizationOf(namespace), nothing);
    expect(problems).toEqual([]);
    expect(status.every(({ ready, message }) => !ready && message?.includes('not in Quay'))).toBe(true);
    expect(await calls()).toEqual({});
    const hidden = await fixture.reconcile(organizationOf(namespace, ['builder']), { tokens: new Map() });
    expect(hidden.problems).toMatchObject([{ robot: 'builder', reason: 'NotOrganizationAdmin', retryable: true }]);
  });

  test('are not written into a namespace that is going, which is no failure', async () => {
    const hold = (...finalizers: readonly string[]) =>
      controlPlane.edits.patch(['namespace', namespace], { metadata: { finalizers } });
    await hold('quayside.dev/test');
    await controlPlane.edits.delete('namespace', namespace);
    const said = await fixture.reconcile(organizationOf(namespace), { terminating: true });
    expect([said.problems, said.writes, await countWrites()]).toEqual([[], 0, 0]);
    // Nobody has told of it yet: then the API server does.
    const unsaid = await fixture.reconcile(organizationOf(namespace));
    expect([unsaid.problems, unsaid.writes]).toEqual([[], 0]);
    expect(unsaid.robots[0]?.message).toContain('terminating');
    await hold();
  });
});

test('Q17: an account to which somebody appends 200 entries meanwhile loses none of them', async () => {
  const path = objectPath(resourceTypes.serviceAccount, { namespace, name: 'builder' });
  // Reads, appends and puts back, again when somebody else was faster.
  const append = async (name: string): Promise<void> => {
    for (;;) {
      const { body } = await somebody.call({ verb: 'get', resource: 'serviceaccounts', path });
      const list = (body.imagePullSecrets ?? []) as Fields[];
      const put = { ...body, imagePullSecrets: [...list, { name }] };
      const { status } = await somebody.call({ verb: 'update', resource: 'serviceaccounts', path, body: put });
      if (status === 200) return;
      expect(status).toBe(409);
    }
  };
  let over = false;
  const appending = (async () => {
    for (let at = 0; at < 200; at += 1) await append(`theirs-${at}`);
    over = true;
  })();
  const organizations = [organizationOf(namespace, ['builder']), organizationOf(namespace, [])];
  let changes = 0;
  for (let at = 0; !over; at += 1) {
    const { problems, writes: count } = await fixture.reconcile(organizations[at % 2] ?? organizationOf(namespace));
    expect(problems).toEqual([]);
    changes += count;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await appending;
  await eventually(async () => {
    await fixture.reconcile(organizationOf(namespace, ['builder']));
    const [secrets, names] = await listsOf(somebody, namespace, 'builder');
    expect(secrets).toEqual([secretOf('builder')]);
    expect(names.filter((name) => name === secretOf('builder'))).toHaveLength(1);
    expect(names.filter((name) => name.startsWith('theirs'))).toEqual(
      Array.from({ length: 200 }, (_, at) => `theirs-${at}`),
    );
  });
  expect(changes).toBeGreaterThan(3);
});
