import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type KubeClient } from '../../../src/kube/index.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../support/eventually.js';
import { createNamespace } from '../../control-plane/namespace.js';
import { type FaultProxy } from '../../control-plane/proxy/fault-proxy.js';
import { type Fault } from '../../control-plane/proxy/fault.js';
import { sharedControlPlane } from '../../control-plane/shared.js';
import { clientAt } from '../../support/client-at.js';
import { listsOf, liveSecret, openFixture, organizationOf, type Fixture, secretOf } from './fixture.js';

let controlPlane: SharedControlPlane;
let proxy: FaultProxy;
let direct: KubeClient;
let client: KubeClient;
let fixture: Fixture;
let namespace: string;

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  proxy = await controlPlane.proxy();
  direct = clientAt(controlPlane.kubeconfig, 'pull-secrets-watch');
  client = clientAt(proxy.kubeconfig, 'pull-secrets-faults');
  fixture = await openFixture(direct);
});
afterAll(async () => {
  await fixture.stop();
  await client.close();
  await direct.close();
  await proxy.stop();
});
afterEach(() => proxy.clear());
beforeEach(async () => {
  namespace = await createNamespace(controlPlane, 'fault');
  for (const account of ['builder', 'deployer']) {
    const metadata = { name: account, namespace };
    await controlPlane.edits.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  }
  await eventually(() => expect(fixture.accounts.cache.list(namespace)).toHaveLength(3));
});

const answer = (status: number, headers = {}): Fault => ({ kind: 'answer', status, headers });
const faults: readonly (readonly [string, Fault, string, boolean])[] = [
  ['403', answer(403), 'ClusterAccessForbidden', false],
  ['409', answer(409), 'Conflict', true],
  ['422', answer(422), 'ClusterAnswerUnexpected', false],
  ['429', answer(429, { 'retry-after': '7' }), 'ClusterUnavailable', true],
  ['500', answer(500), 'ClusterUnavailable', true],
  ['a connection that drops', { kind: 'cut', at: 'before' }, 'ClusterUnreachable', true],
  ['an answer that is lost', { kind: 'cut', at: 'after' }, 'ClusterUnreachable', true],
];

describe('Q15: a pull secret that cannot be written, because of', () => {
  test.each(faults)(
    '%s, is reported, stops no other robot, and is written later',
    async (_, fault, reason, retryable) => {
      const path = `/api/v1/namespaces/${namespace}/secrets/${secretOf('default')}`;
      proxy.arm({ method: 'PATCH', path }, fault);
      const organization = organizationOf(namespace);
      const { problems, robots } = await fixture.reconcile(organization, { client });
      expect(problems).toMatchObject([{ robot: 'default', reason, retryable }]);
      if (reason === 'ClusterUnavailable' && problems[0]?.retryAfter !== undefined)
        expect(problems[0].retryAfter).toBe(7);
      expect(JSON.stringify(problems)).not.toContain('CANARY');
      expect(robots.map(({ name, ready, linked }) => [name, ready, linked])).toEqual([
        ['builder', true, true],
        ['default', false, false],
        ['deployer', true, true],
      ]);
      expect(robots[1]?.message).toBe(problems[0]?.message);
      expect(await listsOf(direct, namespace, 'default')).toEqual([[], []]);

      proxy.clear();
      const again = await fixture.reconcile(organization, { client });
      expect([again.problems, again.robots.every(({ ready, linked }) => ready && linked)]).toEqual([[], true]);
      expect(await liveSecret(direct, namespace, 'default')).toMatchObject({ metadata: { name: secretOf('default') } });
    },
  );
});

test.each(faults.filter(([name]) => name !== '409'))(
  'a service account that cannot be read, because of %s, is reported, and its secret is written all the same',
  async (_, fault, reason, retryable) => {
    proxy.arm({ path: `/api/v1/namespaces/${namespace}/serviceaccounts/default` }, fault);
    const { problems, robots } = await fixture.reconcile(organizationOf(namespace), { client });
    expect(problems).toMatchObject([{ robot: 'default', reason, retryable }]);
    expect(robots.map(({ ready, linked }) => [ready, linked])).toEqual([
      [true, true],
      [true, false],
      [true, true],
    ]);
  },
);

test('a secret that somebody makes in the moment of the write is not overwritten', async () => {
  const path = `/api/v1/namespaces/${namespace}/secrets/${secretOf('default')}`;
  let removeFinalizer: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (removeFinalizer = resolve));
  const held = proxy.arm({ method: 'PATCH', path }, { kind: 'hold', until }, { times: 1 });
  const reconciling = fixture.reconcile(organizationOf(namespace, ['default']), { client });
  await eventually(() => expect(held.hits).toBe(1));
  const login = JSON.stringify({ auths: { 'registry.example.org': { auth: 'bWU6bWluZQ==' } } });
  await controlPlane.edits.create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secretOf('default'), namespace },
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': login },
  });
  const before = await liveSecret(direct, namespace, 'default');
  removeFinalizer();
  expect((await reconciling).problems).toMatchObject([{ reason: 'Conflict', retryable: false }]);
  expect(await liveSecret(direct, namespace, 'default')).toEqual(before);
  const again = await fixture.reconcile(organizationOf(namespace, ['default']), { client });
  expect(again.problems).toMatchObject([{ reason: 'Conflict', retryable: false }]);
});

test('a secret whose account cannot be read stays until it is taken off', async () => {
  const { robots } = await fixture.reconcile(organizationOf(namespace, ['default']), { client });
  await eventually(() => expect(fixture.secrets.cache.list(namespace)).toHaveLength(1));
  proxy.arm({ path: `/api/v1/namespaces/${namespace}/serviceaccounts/default` }, answer(500));
  const nobody = organizationOf(namespace, [], robots);
  const failed = await fixture.reconcile(nobody, { client });
  expect(failed).toMatchObject({ problems: [{ robot: 'default', reason: 'ClusterUnavailable' }], writes: 0 });
  expect(await liveSecret(direct, namespace, 'default')).toMatchObject({ kind: 'Secret' });
  proxy.clear();
  expect(await fixture.reconcile(nobody, { client })).toMatchObject({ problems: [], writes: 2 });
  expect(await liveSecret(direct, namespace, 'default')).toMatchObject({ kind: 'Status', code: 404 });
  expect(await listsOf(direct, namespace, 'default')).toEqual([[], []]);
});

describe('R7: the API server says no to a pull secret', () => {
  // With another token each time, so that there is always something to write.
  const letters = 'BCDEFGHIJKLMNOPQRSTUVWXYZ';
  let tried = 0;
  const problemsOf = async () => {
    const salt = letters.charAt((tried += 1) % letters.length);
    return (await fixture.reconcile(organizationOf(namespace, ['default']), { salt })).problems;
  };

  test('R7: because of a full quota, and takes it once there is room', async () => {
    await controlPlane.kubectl(['create', 'quota', 'team-a', '--hard=secrets=0', '-n', namespace]);
    const status = { status: { hard: { secrets: '0' }, used: { secrets: '0' } } };
    const patch = ['--subresource=status', '--type=merge', '--patch', JSON.stringify(status)];
    await controlPlane.kubectl(['patch', 'quota', 'team-a', '-n', namespace, ...patch]);
    await eventually(async () =>
      expect(await problemsOf()).toMatchObject([
        {
          reason: 'QuotaExceeded',
          retryable: true,
          message: expect.stringContaining('exceeded quota: team-a, requested: secrets=1'),
          hint: expect.stringContaining('Raise the quota team-a,'),
        },
      ]),
    );
    await controlPlane.kubectl(['delete', 'quota', 'team-a', '-n', namespace]);
    await eventually(async () => expect(await problemsOf()).toEqual([]));
  });

  test.each(['Forbidden', 'Invalid'])('R7: because a policy answers %s', async (reason) => {
    const name = `${namespace}-${reason.toLowerCase()}`;
    await controlPlane.kubectl(['apply', '-f', '-'], { input: policyText(name, reason) });
    await eventually(async () =>
      expect(await problemsOf()).toMatchObject([
        {
          reason: 'RefusedByPolicy',
          retryable: false,
          message: expect.stringContaining('denied request: pull secrets come from the vault'),
        },
      ]),
    );
    await controlPlane.kubectl(['delete', 'validatingadmissionpolicies,validatingadmissionpolicybindings', name]);
  });

  test('R7: because the account lacks the right', async () => {
    const kubeconfig = await controlPlane.kubeconfigFor({ namespace, name: 'deployer' });
    const deployer = clientAt(kubeconfig, 'pull-secrets-deployer');
    const { problems } = await fixture.reconcile(organizationOf(namespace, ['default']), { client: deployer });
    await deployer.close();
    expect(problems).toMatchObject([
      { reason: 'ClusterAccessForbidden', hint: 'Give this account the right to patch secrets.' },
    ]);
  });
});

/** A policy that refuses secrets in the namespace of this test. */
function policyText(name: string, reason: string): string {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const selector = { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
  const rule = { apiGroups: [''], apiVersions: ['v1'], resources: ['secrets'], operations: ['CREATE', 'UPDATE'] };
  const validation = { expression: 'false', message: 'pull secrets come from the vault', reason };
  const items = [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: { matchConstraints: { resourceRules: [rule] }, validations: [validation] },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: ['Deny'],
        matchResources: { namespaceSelector: selector },
      },
    },
  ];
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
