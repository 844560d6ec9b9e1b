import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ensureCertificates, planCertificates, renewCertificates } from '../../src/certs/ensure.js';
import { lifetimes } from '../../src/certs/lifetimes.js';
import { makeCa } from '../../src/certs/make.js';
import { describeError } from '../../src/errors/index.js';
import { type KubeClient } from '../../src/kube/index.js';
import { writes } from '../control-plane/audit/filter.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { eventually } from '../support/eventually.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { clientAt } from '../support/client-at.js';
import { handshake, objection } from './accepts.js';
import { clusterFixture, type ClusterFixture } from './cluster-fixture.js';

const userAgent = 'certs-ensure-test';
let plane: SharedControlPlane;
let client: KubeClient;
let fixture: ClusterFixture;

beforeAll(async () => {
  plane = await sharedControlPlane();
  client = clientAt(plane.kubeconfig, userAgent);
});
afterAll(() => client.close());
beforeEach(async () => {
  fixture = await clusterFixture(plane);
  await plane.audit.reset();
});
afterEach(() => fixture.remove());

const ensure = () => ensureCertificates(client, fixture.options, { waitMilliseconds: 0 });
const countWrites = () => plane.audit.count({ userAgent, verb: writes });
const put = async (secret: string, data: Record<string, string>) => {
  await fixture.edits.patch(['secret', secret, '-n', fixture.options.namespace], { stringData: data });
};
const works = async () => {
  const pair = await fixture.leaf();
  for (const bundle of await fixture.bundles()) await handshake(pair, bundle, fixture.name);
};

test('the certificates are created from nothing, for every webhook of the configuration', async () => {
  const { done, state } = await ensure();
  expect(done.map(({ act }) => act)).toEqual(['MakeAuthority', 'Publish', 'MakeLeaf']);
  expect(state).toMatchObject({ ready: true, reason: 'CertificateValid' });
  await works();
  const { cert, key } = await fixture.leaf();
  for (const bundle of await fixture.bundles()) await handshake({ cert, key }, bundle, `${fixture.name}.cluster.local`);
  await expect(handshake({ cert, key }, state.bundle, 'other.svc')).rejects.toThrow(/altnames/i);
  await expect(handshake({ cert, key }, (await makeCa(Date.now())).certificate, fixture.name)).rejects.toThrow();
});

test('a second run of certs writes nothing', async () => {
  await ensure();
  const before = await countWrites();
  expect((await ensure()).done).toEqual([]);
  expect(await countWrites()).toBe(before);
});

test('the key of the authority is in its own Secret and nowhere else', async () => {
  await ensure();
  const caPair = await fixture.secret('authority');
  expect(Object.keys(caPair ?? {})).toEqual(['tls.crt', 'tls.key']);
  const served = await fixture.secret('certificate');
  expect(Object.keys(served ?? {})).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
  expect(served?.['tls.key']).not.toBe(caPair?.['tls.key']);
  expect(served?.['ca.crt']).toBe((await fixture.bundles())[0]);
  expect(served?.['ca.crt']).not.toContain('PRIVATE');
});

describe('the certificates are repaired:', () => {
  beforeEach(async () => {
    await ensure();
  });

  test.each<[string, () => Promise<unknown>, string[]]>([
    [
      'a key of another certificate',
      async () => put('certificate', { 'tls.key': (await makeCa(0)).key }),
      ['MakeLeaf'],
    ],
    ['an unreadable certificate', () => put('certificate', { 'tls.crt': 'broken' }), ['MakeLeaf']],
    ['an empty pair', () => put('certificate', { 'tls.crt': '', 'tls.key': '' }), ['MakeLeaf']],
    ['a bundle that is gone', () => put('certificate', { 'ca.crt': '' }), ['StoreBundle']],
    ['an authority that is gone', () => remove('authority'), ['MakeAuthority', 'StoreBundle', 'Publish']],
    ['a leaf that is gone', () => remove('certificate'), ['MakeLeaf']],
    [
      'an authority whose key is broken',
      () => put('authority', { 'tls.key': 'broken' }),
      ['MakeAuthority', 'StoreBundle', 'Publish'],
    ],
  ])('%s', async (_, damage, acts) => {
    await damage();
    expect((await ensure()).done.map(({ act }) => act)).toEqual(acts);
    await works();
  });

  const remove = (secret: string) => fixture.edits.delete('secret', secret, '-n', fixture.options.namespace);

  test('both Secrets gone: a CA that is published only, with no Secret that notes it, is trusted no longer', async () => {
    await remove('authority');
    await remove('certificate');
    const [before] = await fixture.bundles();
    const { done } = await ensureCertificates(client, fixture.options, { waitMilliseconds: 0, settleMilliseconds: 10 });
    expect(done.map(({ act }) => act)).toEqual(['MakeAuthority', 'Publish', 'MakeLeaf']);
    await works();
    for (const bundle of await fixture.bundles()) expect(bundle).not.toContain(before?.trim());
  });

  test('one webhook of the configuration that lost whom to trust', async () => {
    const patch = JSON.stringify([{ op: 'remove', path: '/webhooks/1/clientConfig/caBundle' }]);
    await plane.kubectl([
      'patch',
      'mutatingwebhookconfiguration',
      fixture.options.namespace,
      '--type=json',
      '-p',
      patch,
    ]);
    expect((await ensure()).done).toEqual([expect.objectContaining({ act: 'Publish' })]);
    await works();
  });
});

test('a Secret of another type, with other keys in it, is completed and keeps them', async () => {
  const { namespace } = fixture.options;
  const metadata = { name: 'certificate', namespace };
  await fixture.edits.create({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { mine: 'yes' } });
  await ensure();
  await works();
  expect((await fixture.secret('certificate'))?.mine).toBe('yes');
});

test('a configuration that comes later is waited for; one that never comes is an error that names it', async () => {
  await fixture.remove();
  fixture = await clusterFixture(plane, { configured: false });
  await expect(ensure()).rejects.toThrow(`There is no MutatingWebhookConfiguration ${fixture.options.namespace}`);
  expect(Object.keys((await fixture.secret('certificate')) ?? {})).toContain('tls.key');
  let waited = 0;
  const ensured = ensureCertificates(client, fixture.options, {
    waitMilliseconds: 20_000,
    onWait: () => void (waited += 1),
  });
  await fixture.configure(fixture.options.namespace, 1);
  expect((await ensured).state.ready).toBe(true);
  expect(waited).toBeLessThanOrEqual(1);
  await works();
});

test('for the operator a configuration that is not there is no error, and the others are served', async () => {
  const options = { ...fixture.options, configurations: [...fixture.options.configurations, 'not-there'] };
  const { state } = await renewCertificates(client, options);
  expect(state.ready).toBe(true);
  await works();
});

test('a dry run reports all steps and writes nothing', async () => {
  const { pending, state } = await planCertificates(client, fixture.options);
  expect(pending.map(({ act }) => act)).toEqual(['MakeAuthority', 'Publish', 'MakeLeaf']);
  expect(state.reason).toBe('CertificateMissing');
  expect(await countWrites()).toBe(0);
});

test('several runs at once end in one state that works', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, (_, at) =>
      at % 2 === 0 ? ensure() : renewCertificates(client, fixture.options, { settleMilliseconds: 10 }),
    ),
  );
  expect(outcomes.every(({ state }) => state.ready)).toBe(true);
  await works();
  expect((await ensure()).done).toEqual([]);
});

test('several renewals at once never use a certificate that is not trusted', async () => {
  await renewCertificates(client, fixture.options, { now: () => Date.now() - lifetimes.caPair * 0.68 });
  const name = fixture.name;
  const settleMilliseconds = 10;
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([1, 2, 3].map(() => renewCertificates(client, fixture.options, { settleMilliseconds })));
    const { cert } = await fixture.leaf();
    for (const bundle of await fixture.bundles())
      expect(objection(cert, bundle, { at: Date.now(), name })).toBe(undefined);
  }
});

describe('an account with the role of the Job', () => {
  const role = async (rules: object[], cluster: object[]) => {
    const { namespace } = fixture.options;
    const list = [
      { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name: 'job', namespace } },
      { kind: 'Role', apiVersion: rbac, metadata: { name: 'job', namespace }, rules },
      { kind: 'ClusterRole', apiVersion: rbac, metadata: { name: namespace }, rules: cluster },
      binding('RoleBinding', { name: 'job', namespace }, 'job'),
      binding('ClusterRoleBinding', { name: namespace }, namespace),
    ];
    await fixture.edits.create(...list);
    const as = { namespace, name: 'job' };
    // The API server hears of a right a moment later.
    await eventually(async () => {
      await plane.kubectl(['auth', 'can-i', 'patch', 'secrets/authority', '-n', namespace], { as });
      await plane.kubectl(['auth', 'can-i', 'patch', `mutatingwebhookconfigurations/${namespace}`], { as });
    });
    return clientAt(await plane.kubeconfigFor(as), userAgent);
  };
  const rbac = 'rbac.authorization.k8s.io/v1';
  const binding = (kind: string, metadata: object, to: string) => ({
    kind,
    apiVersion: rbac,
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: kind.replace('Binding', ''), name: to },
    subjects: [{ kind: 'ServiceAccount', name: 'job', namespace: fixture.options.namespace }],
  });
  const byName = { apiGroups: [''], resources: ['secrets'], resourceNames: ['authority', 'certificate'] };
  const configuration = () => ({
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['mutatingwebhookconfigurations'],
    resourceNames: fixture.options.configurations,
    verbs: ['get', 'patch'],
  });
  afterEach(async () => {
    const { namespace } = fixture.options;
    await plane.kubectl(['delete', 'clusterrole,clusterrolebinding', namespace]);
  });

  test('can do all of it', async () => {
    const create = { apiGroups: [''], resources: ['secrets'], verbs: ['create'] };
    const job = await role([{ ...byName, verbs: ['get', 'patch'] }, create], [configuration()]);
    expect((await ensureCertificates(job, fixture.options, { waitMilliseconds: 0 })).state.ready).toBe(true);
    await put('certificate', { 'tls.crt': '' });
    expect((await ensureCertificates(job, fixture.options, { waitMilliseconds: 0 })).state.ready).toBe(true);
    await job.close();
    await works();
  });

  test('is told which permission it lacks', async () => {
    const job = await role([{ ...byName, verbs: ['get', 'patch'] }], [configuration()]);
    const error: unknown = await ensureCertificates(job, fixture.options).catch((thrown: unknown) => thrown);
    await job.close();
    expect(error).toMatchObject({ code: 'ClusterAccessForbidden' });
    expect(describeError(error)).toMatch(
      /cannot create resource "secrets".*\n {2}Give this account the right to create secrets/,
    );
  });
});
