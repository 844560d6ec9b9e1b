import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ensureCertificates, renewCertificates } from '../../src/certs/ensure.js';
import { makeCa, makeLeaf, type Made } from '../../src/certs/make.js';
import { type CertificateOptions, serverNames } from '../../src/certs/options.js';
import { type KubeClient } from '../../src/kube/index.js';
import { writes } from '../control-plane/audit/filter.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { clientAt } from '../support/client-at.js';
import { clusterFixture, type ClusterFixture } from './cluster-fixture.js';

const day = 24 * 60 * 60 * 1000;
const userAgent = 'certs-flavours-test';
let plane: SharedControlPlane;
let client: KubeClient;
let fixture: ClusterFixture;
let caPair: Made;

beforeAll(async () => {
  plane = await sharedControlPlane();
  client = clientAt(plane.kubeconfig, userAgent);
  caPair = await makeCa(Date.now());
});
afterAll(() => client.close());
beforeEach(async () => {
  fixture = await clusterFixture(plane);
  await plane.audit.reset();
});
afterEach(() => fixture.remove());

describe.each(['cert-manager', 'service-ca'] as const)('%s', (flavour) => {
  const options = (): CertificateOptions => ({ ...fixture.options, flavour });
  const check = async () => (await renewCertificates(client, options())).state;
  /** As the other side would. */
  const issue = async ({ at = Date.now(), names = serverNames(fixture.options) } = {}) => {
    const { certificate, key } = await makeLeaf(caPair, names, at);
    const data = { 'tls.crt': certificate, 'tls.key': key };
    const type = 'kubernetes.io/tls';
    const metadata = { name: 'certificate', namespace: fixture.options.namespace };
    await fixture.edits.apply({ apiVersion: 'v1', kind: 'Secret', metadata, type, stringData: data });
  };
  const inject = async (text = caPair.certificate) => {
    const value = Buffer.from(text).toString('base64');
    const patch = [0, 1].map((at) => ({ op: 'add', path: `/webhooks/${at}/clientConfig/caBundle`, value }));
    const { namespace } = fixture.options;
    const args = ['patch', 'mutatingwebhookconfiguration', namespace, '--type=json', '-p', JSON.stringify(patch)];
    await plane.kubectl(args);
  };

  test('what others have made well is good, and nothing is ever written', async () => {
    expect(await check()).toMatchObject({ ready: false, reason: 'CertificateMissing' });
    await issue();
    expect(await check()).toMatchObject({ ready: false, reason: 'CertificateNotTrusted' });
    await inject();
    expect(await check()).toMatchObject({ ready: true, reason: 'CertificateValid' });
    await issue({ at: Date.now() - 82 * day });
    expect(await check()).toMatchObject({ ready: true, reason: 'CertificateExpiring' });
    await issue({ at: Date.now() - 91 * day });
    expect(await check()).toMatchObject({ ready: false, reason: 'CertificateExpired' });
    await issue({ names: ['other.svc'] });
    expect(await check()).toMatchObject({ ready: false, reason: 'CertificateInvalid' });
    await issue();
    await inject((await makeCa(Date.now())).certificate);
    expect(await check()).toMatchObject({ ready: false, reason: 'CertificateNotTrusted' });
    expect(await plane.audit.count({ userAgent, verb: writes })).toBe(0);
    const secrets = await plane.audit.requests({ userAgent, resource: 'secrets' });
    expect(new Set(secrets.map(({ name }) => name))).toEqual(new Set(['certificate']));
  });

  test('it is waited for, and says where to look when it does not come', async () => {
    const ensured = ensureCertificates(client, options(), { waitMilliseconds: 20_000 });
    await issue();
    await inject();
    expect((await ensured).state.ready).toBe(true);
    await inject('');
    await expect(ensureCertificates(client, options(), { waitMilliseconds: 0 })).rejects.toThrow(
      flavour === 'cert-manager' ? /cert-manager\.io\/inject-ca-from/ : /service\.beta\.openshift\.io\/inject-cabundle/,
    );
  });
});

test('what cert-manager made is taken over: it stays until it is due, and nothing breaks', async () => {
  const { namespace } = fixture.options;
  const leaf = await makeLeaf(caPair, serverNames(fixture.options), Date.now() - 10 * day);
  const texts = { 'tls.crt': leaf.certificate, 'tls.key': leaf.key, 'ca.crt': caPair.certificate };
  const metadata = { name: 'certificate', namespace };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'kubernetes.io/tls', stringData: texts };
  await fixture.edits.create(secret);
  const { done, state } = await ensureCertificates(client, fixture.options, { waitMilliseconds: 0 });
  expect(done.map(({ act }) => act)).toEqual(['MakeAuthority', 'StoreBundle', 'Publish']);
  expect(state.ready).toBe(true);
  expect((await fixture.leaf()).cert).toBe(leaf.certificate);
  const later = await renewCertificates(client, fixture.options, { now: () => Date.now() + 55 * day });
  expect(later.done.map(({ act }) => act)).toEqual(['MakeLeaf']);
});
