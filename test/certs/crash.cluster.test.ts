import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { renewCertificates } from '../../src/certs/ensure.js';
import { lifetimes } from '../../src/certs/lifetimes.js';
import { type Made, makeCa, makeLeaf } from '../../src/certs/make.js';
import { serverNames } from '../../src/certs/options.js';
import { type FoundSecret, readSecret } from '../../src/certs/secret-store.js';
import { readConfiguration } from '../../src/certs/webhook-configuration.js';
import { type KubeClient, objectPath, resourceTypes } from '../../src/kube/index.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { type FaultProxy } from '../control-plane/proxy/fault-proxy.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { clientAt } from '../support/client-at.js';
import { objection } from './accepts.js';
import { clusterFixture, type ClusterFixture, type Texts } from './cluster-fixture.js';

const day = 24 * 60 * 60 * 1000;
const now = Date.now();
let plane: SharedControlPlane;
let proxy: FaultProxy;
let faulty: KubeClient;
let direct: KubeClient;
let fixture: ClusterFixture;

beforeAll(async () => {
  plane = await sharedControlPlane();
  proxy = await plane.proxy();
  faulty = clientAt(proxy.kubeconfig, 'certs-crash-test');
  direct = clientAt(plane.kubeconfig, 'certs-crash-test');
  fixture = await clusterFixture(plane);
});
afterAll(async () => {
  await faulty.close();
  await direct.close();
  await proxy.stop();
  await fixture.remove();
});

interface State {
  readonly secrets: Readonly<Record<string, Texts | undefined>>;
  readonly bundles: readonly string[];
}

const encoded = (text: string): string => Buffer.from(text).toString('base64');

/** All that lies in the cluster. */
async function state(): Promise<State> {
  const { namespace } = fixture.options;
  const [caPair, certificate, found] = await Promise.all([
    readSecret(direct, { namespace, name: 'authority' }),
    readSecret(direct, { namespace, name: 'certificate' }),
    readConfiguration(direct, namespace),
  ]);
  const texts = (secret: FoundSecret | undefined) => secret && Object.fromEntries(secret.data);
  return {
    secrets: { authority: texts(caPair), certificate: texts(certificate) },
    bundles: found?.webhooks.map(({ text }) => text) ?? [],
  };
}

/** Puts all back as it was. */
async function restore({ secrets, bundles }: State): Promise<void> {
  const { namespace } = fixture.options;
  for (const [name, texts] of Object.entries(secrets)) {
    const path = objectPath(resourceTypes.secret, { namespace, name });
    await direct.call({ verb: 'delete', resource: 'secrets', path });
    if (texts === undefined) continue;
    const data = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, encoded(text)]));
    const body = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'kubernetes.io/tls', data };
    const answer = await direct.call({ verb: 'create', resource: 'secrets', path: path.replace(/\/[^/]+$/, ''), body });
    expect(answer.status).toBe(201);
  }
  const answer = await direct.call({
    verb: 'patch',
    resource: 'mutatingwebhookconfigurations',
    path: `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${namespace}`,
    contentType: 'application/json-patch+json',
    body: bundles.map((text, at) => ({
      op: 'add',
      path: `/webhooks/${at}/clientConfig/caBundle`,
      value: encoded(text),
    })),
  });
  expect(answer.status).toBe(200);
}

const renew = (client: KubeClient, at = now) =>
  renewCertificates(client, fixture.options, { now: () => at, settleMilliseconds: 1 });

/** Why a client that trusts what is published would not take the leaf. */
function objections(leaf: Texts | undefined, bundles: readonly string[]): string[] {
  const cert = leaf?.['tls.crt'];
  if (cert === undefined) return ['there is no leaf'];
  return bundles.map((bundle) => objection(cert, bundle, { at: now, name: fixture.name }) ?? '').filter(Boolean);
}

const empty: State = { secrets: { authority: undefined, certificate: undefined }, bundles: ['', ''] };

/** An authority and a leaf of it of these ages, trusted by all. */
async function aged(caAge: number, leafAge: number): Promise<State> {
  const caPair = await makeCa(now - caAge);
  const leaf = await makeLeaf(caPair, serverNames(fixture.options), now - leafAge);
  const texts = ({ certificate, key }: Made): Texts => ({ 'tls.crt': certificate, 'tls.key': key });
  const bundle = `${caPair.certificate.trim()}\n`;
  const certificate = { ...texts(leaf), 'ca.crt': bundle };
  return { secrets: { authority: texts(caPair), certificate }, bundles: [bundle, bundle] };
}

const without = ({ secrets, bundles }: State, ...names: readonly string[]): State => ({
  secrets: Object.fromEntries(
    Object.entries(secrets).map(([name, texts]) => [name, names.includes(name) ? undefined : texts]),
  ),
  bundles,
});

const due = lifetimes.caPair * 0.7;

// What lies in the cluster, and what a server still shows.
test.each<[string, () => Promise<{ lies: State; shown?: State }>]>([
  ['from nothing', () => Promise.resolve({ lies: empty })],
  ['when the leaf is due', async () => shownAsItLies(await aged(100 * day, 70 * day))],
  ['when the authority is due', async () => shownAsItLies(await aged(due, 30 * day))],
  ['when both are due', async () => shownAsItLies(await aged(due, 70 * day))],
  ['when the leaf has expired', async () => ({ lies: await aged(due, 91 * day) })],
  ['when the authority is lost', async () => lost(await aged(100 * day, day), 'authority')],
  ['when the leaf is lost', async () => lost(await aged(100 * day, day), 'certificate')],
  // Then nothing notes the CA that is still published, and what a server shows of it is trusted no longer.
  ['when both are lost', async () => ({ lies: without(await aged(100 * day, day), 'authority', 'certificate') })],
])('a process that ends at any call is no harm, and the next one finishes: %s', async (_, prepare) => {
  const { lies, shown } = await prepare();
  for (const at of ['before', 'after'] as const) {
    for (let call = 0; ; call += 1) {
      await restore(lies);
      const fault = proxy.arm({ userAgent: 'certs-crash-test' }, { kind: 'cut', at }, { skip: call, times: 1 });
      const ended = await renew(faulty).catch(() => undefined);
      proxy.clear();
      const { secrets, bundles } = await state();
      if (shown !== undefined) {
        const { certificate = shown.secrets.certificate } = secrets;
        expect(objections(certificate, bundles)).toEqual([]);
        // Who is late on one side or the other.
        expect(objections(shown.secrets.certificate, bundles)).toEqual([]);
        expect(objections(certificate, lies.bundles)).toEqual([]);
      }
      expect((await renew(direct)).state).toMatchObject({ ready: true });
      const after = await state();
      expect(objections(after.secrets.certificate, after.bundles)).toEqual([]);
      if (fault.hits === 0) break;
      expect(ended).toBe(undefined);
    }
  }
});

function shownAsItLies(lies: State): { lies: State; shown: State } {
  return { lies, shown: lies };
}

function lost(shown: State, name: string): { lies: State; shown: State } {
  return { lies: without(shown, name), shown };
}
