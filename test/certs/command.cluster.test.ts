import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { tmpdir } from 'node:os';
import { start } from '../cli/quayside.js';
import { writes } from '../control-plane/audit/filter.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { handshake } from './accepts.js';
import { clusterWorld, type ClusterWorld } from './cluster-fixture.js';

let plane: SharedControlPlane;
let world: ClusterWorld;

beforeAll(async () => {
  plane = await sharedControlPlane();
});
beforeEach(async () => {
  world = await clusterWorld(plane);
});
afterEach(() => world.remove());

const certs = async (args: readonly string[] = [], kubeconfig = plane.kubeconfig) => {
  const { namespace } = world.options;
  const all = ['certs', '--kubeconfig', kubeconfig, '--authority-secret=authority', '--certificate-secret=certificate'];
  const more = [`--webhook-configuration=${namespace}`, '--wait=0s', ...args];
  return start([...all, ...more], { cwd: tmpdir(), environment: { QUAYSIDE_NAMESPACE: namespace } }).finished;
};

test('it tells what it made and why, and that nothing is left to be done', async () => {
  const { namespace } = world.options;
  expect(await certs()).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(
      new RegExp(
        [
          `^Made an authority in the Secret ${namespace}/authority: there is none\\.`,
          `Wrote whom to trust to the MutatingWebhookConfiguration ${namespace}: whom clients are to trust has changed\\.`,
          `Made a certificate in the Secret ${namespace}/certificate: there is none\\.`,
          `The certificate is good until [-:.TZ0-9]+\\.\n$`,
        ].join('\n'),
      ),
    ),
  });
  await handshake(await world.leaf(), (await world.bundles())[0] ?? '', world.name);
  expect((await certs()).stdout).toMatch(/^The certificate is good until [^\n]+\n$/);
});

test('a dry run ends with 2 while there is something to write, and with 0 afterwards', async () => {
  await plane.audit.reset();
  const { code, stdout } = await certs(['--dry-run']);
  expect(code).toBe(2);
  expect(stdout).toMatch(/^Would make an authority/);
  expect(await plane.audit.count({ userAgent: 'quayside-certs', verb: writes })).toBe(0);
  await certs();
  expect(await certs(['--dry-run'])).toMatchObject({ code: 0, stderr: '' });
});

test('as JSON it is one document, without any key', async () => {
  const { code, stdout } = await certs(['-o', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ready: true,
    reason: 'CertificateValid',
    certificateExpires: expect.any(String),
    authorityExpires: expect.any(String),
    done: [{ act: 'MakeAuthority' }, { act: 'Publish' }, { act: 'MakeLeaf' }],
    pending: [],
  });
  expect(stdout).not.toContain('PRIVATE');
});

test('without a configuration it ends with 1 and says so', async () => {
  const outcome = await certs(['--webhook-configuration=not-there']);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain(
    'error (WebhookConfigurationMissing): There is no MutatingWebhookConfiguration not-there',
  );
});

test('without rights it ends with 1 and names the one that is needed', async () => {
  const kubeconfig = await plane.kubeconfigFor({ namespace: world.options.namespace, name: 'default' });
  const { code, stderr } = await certs([], kubeconfig);
  expect(code).toBe(1);
  expect(stderr).toMatch(/error \(ClusterAccessForbidden\).*cannot get resource "secrets"/);
  expect(stderr).toContain('Give this account the right to get secrets.');
});

test('without a cluster it ends with 1 and says what is missing', async () => {
  const { code, stderr } = await certs([], '/nowhere/kubeconfig');
  expect(code).toBe(1);
  expect(stderr).toContain('/nowhere/kubeconfig: there is no such file');
});

test('where others make the certificate it only looks', async () => {
  const { code, stderr } = await certs(['--flavour=cert-manager']);
  expect(code).toBe(1);
  expect(stderr).toContain('error (CertificateMissing): There is no certificate for the webhook.');
  expect(await world.secret('authority')).toBe(undefined);
});
