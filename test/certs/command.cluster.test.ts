import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { tmpdir } from 'node:os';
import { start } from '../support/quayside.js';
import { writes } from '../control-plane/audit/filter.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { renewCertificates } from '../../src/certs/ensure.js';
import { type KubeClient } from '../../src/kube/index.js';
import { clientAt } from '../support/client-at.js';
import { handshake } from './accepts.js';
import { clusterFixture, type ClusterFixture } from './cluster-fixture.js';

let plane: SharedControlPlane;
let fixture: ClusterFixture;
let client: KubeClient;

beforeAll(async () => {
  plane = await sharedControlPlane();
  client = clientAt(plane.kubeconfig, 'certs-command-test');
});
afterAll(() => client.close());
beforeEach(async () => {
  fixture = await clusterFixture(plane);
});
afterEach(() => fixture.remove());

const certs = async (args: readonly string[] = [], kubeconfig = plane.kubeconfig) => {
  const { namespace } = fixture.options;
  const all = ['certs', '--kubeconfig', kubeconfig, '--authority-secret=authority', '--certificate-secret=certificate'];
  const more = [`--webhook-configuration=${namespace}`, '--wait=0s', ...args];
  return start([...all, ...more], { cwd: tmpdir(), environment: { QUAYSIDE_NAMESPACE: namespace } }).finished;
};

test('certs prints what it created and why, and that nothing is left to do', async () => {
  const { namespace } = fixture.options;
  expect(await certs()).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(
      new RegExp(
        [
          `^Made a CA in the Secret ${namespace}/authority: there is none\\.`,
          `Wrote the CA bundle to the MutatingWebhookConfiguration ${namespace}: the CA bundle for clients has changed\\.`,
          `Made a certificate in the Secret ${namespace}/certificate: there is none\\.`,
          `The certificate is valid until [-:.TZ0-9]+\\.\n$`,
        ].join('\n'),
      ),
    ),
  });
  await handshake(await fixture.leaf(), (await fixture.bundles())[0] ?? '', fixture.name);
  expect((await certs()).stdout).toMatch(/^The certificate is valid until [^\n]+\n$/);
});

test('a dry run of certs exits 2 while there is something to write, and 0 afterwards', async () => {
  await plane.audit.reset();
  const { code, stdout } = await certs(['--dry-run']);
  expect(code).toBe(2);
  expect(stdout).toMatch(/^Would make a CA/);
  expect(await plane.audit.count({ userAgent: 'quayside-certs', verb: writes })).toBe(0);
  await certs();
  expect(await certs(['--dry-run'])).toMatchObject({ code: 0, stderr: '' });
});

test('certs prints one JSON document, without any key', async () => {
  const { code, stdout } = await certs(['-o', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ready: true,
    reason: 'CertificateValid',
    certificateExpires: expect.any(String),
    caExpires: expect.any(String),
    done: [{ act: 'MakeAuthority' }, { act: 'Publish' }, { act: 'MakeLeaf' }],
    pending: [],
  });
  expect(stdout).not.toContain('PRIVATE');
});

test('S15 certs --revoke takes a CA back: a new one, a new certificate, and it does not return', async () => {
  await certs();
  const [before] = await fixture.bundles();
  const { trusted } = JSON.parse((await certs(['-o', 'json'])).stdout) as { trusted: { fingerprint: string }[] };
  const [{ fingerprint } = { fingerprint: '' }] = trusted;
  expect(await certs(['--revoke', fingerprint, '--dry-run'])).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/^Would make a CA in the Secret \S+: it is revoked\./),
  });
  expect(await certs(['--revoke', fingerprint])).toMatchObject({ code: 0, stderr: '' });
  const bundles = await fixture.bundles();
  for (const bundle of bundles) expect(bundle).not.toContain(before?.trim());
  await handshake(await fixture.leaf(), bundles[0] ?? '', fixture.name);
  await renewCertificates(client, fixture.options);
  expect(await fixture.bundles()).toEqual(bundles);
  expect(await certs(['--revoke', fingerprint])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`no trusted CA has the fingerprint ${fingerprint}`),
  });
});

test('certs without a webhook configuration exits 1 and says so', async () => {
  const outcome = await certs(['--webhook-configuration=not-there']);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain(
    'error (WebhookConfigurationMissing): There is no MutatingWebhookConfiguration not-there',
  );
});

test('certs without permissions exits 1 and names the missing one', async () => {
  const kubeconfig = await plane.kubeconfigFor({ namespace: fixture.options.namespace, name: 'default' });
  const { code, stderr } = await certs([], kubeconfig);
  expect(code).toBe(1);
  expect(stderr).toMatch(/error \(ClusterAccessForbidden\).*cannot get resource "secrets"/);
  expect(stderr).toContain('Give this account the right to get secrets.');
});

test('certs without a cluster exits 1 and says what is missing', async () => {
  const { code, stderr } = await certs([], '/nowhere/kubeconfig');
  expect(code).toBe(1);
  expect(stderr).toContain('/nowhere/kubeconfig: there is no such file');
});

test('certs only checks where others create the certificate', async () => {
  const { code, stderr } = await certs(['--flavour=cert-manager']);
  expect(code).toBe(1);
  expect(stderr).toContain('error (CertificateMissing): There is no certificate for the webhook.');
  expect(await fixture.secret('authority')).toBe(undefined);
});
