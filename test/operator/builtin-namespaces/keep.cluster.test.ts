import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:https';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { admissionReach, type QuayIntegration } from '../../../src/api/index.js';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import {
  type BuiltInNamespaces,
  createBuiltInNamespaces,
  keepBuiltInNamespaces,
} from '../../../src/builds/webhook-reach/index.js';
import { createRepairs } from '../../../src/kube/index.js';
import { integration } from '../../fixtures/builds/followed.js';
import { plainBuild } from '../../fixtures/builds/builds.js';
import { eventually } from '../../support/eventually.js';
import type { Started } from '../../control-plane/start.js';
import { startWithKinds } from '../../control-plane/start-with-kinds.js';
import { makeServerCertificates, type ServerCertificates } from '../../control-plane/start/certificates.js';
import { clientAt } from '../../support/client-at.js';

// The configurations have names of their own, so the cluster has to be one's own as well.
let controlPlane: Started;
let client: KubeClient;
let certificates: ServerCertificates;
let server: Server;
const asked: string[] = [];

beforeAll(async () => {
  controlPlane = await startWithKinds();
  client = clientAt(controlPlane.kubeconfig, 'builtin-test');
  certificates = await makeServerCertificates();
  const pair = { cert: certificates.certificate, key: certificates.key };
  server = createServer({ ...pair, keepAliveTimeout: 120_000 }, (call, response) => {
    void (async () => {
      const { request, ...rest } = JSON.parse(await text(call)) as { request: { uid: string; namespace: string } };
      asked.push(request.namespace);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ...rest, response: { uid: request.uid, allowed: true } }));
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  for (const name of ['openshift-mine', 'openshift-other'])
    await controlPlane.edits.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await client.close();
  await controlPlane.stop();
});

const [first, second] = ['quayside', 'quayside-builtin-namespaces'];
beforeEach(() => install());
afterEach(async () => {
  asked.length = 0;
  await controlPlane.edits.delete('mutatingwebhookconfiguration', first, second);
});

const base64 = (pem: string): string => Buffer.from(pem).toString('base64');

/** The first configuration, as the manifests have it. */
async function install(bundle = certificates.ca, more: object = {}): Promise<void> {
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const webhook = { ...admissionReach('Fail'), clientConfig: { url, caBundle: base64(bundle) } };
  const kind = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration' };
  await controlPlane.edits.apply({ ...kind, metadata: { name: first, ...more }, webhooks: [webhook] });
}

interface Configuration {
  readonly metadata: { readonly resourceVersion: string; readonly annotations?: Record<string, string> };
  readonly webhooks: readonly {
    readonly failurePolicy: string;
    readonly clientConfig: { readonly caBundle?: string };
    readonly namespaceSelector: { readonly matchExpressions: readonly { readonly values: readonly string[] }[] };
  }[];
}
const read = async (): Promise<Configuration> => {
  const found = await controlPlane.edits.get<Configuration>('mutatingwebhookconfiguration', second);
  if (found === undefined) throw new Error(`${second} not found`);
  return found;
};

const allowing = (names: readonly string[], more: Partial<QuayIntegration['spec']> = {}): QuayIntegration =>
  integration({ allowlistNamespaces: [...names], ...more });

test('the Builds of what an allow list brings back are shown to the webhook, and no others', async () => {
  const integrations = [allowing(['openshift-mine', 'shop', 'Not A Name']), integration()];
  expect(await keepBuiltInNamespaces(client, integrations)).toBe('Created');
  // The API server hears of a configuration a moment later.
  let at = 0;
  const build = (namespace: string): Promise<unknown> =>
    controlPlane.edits.create(plainBuild({ namespace, name: `httpd-${(at += 1)}` }));
  await eventually(async () => {
    await build('openshift-mine');
    expect(asked).toContain('openshift-mine');
  });
  await build('openshift-other');
  await build('kube-system');
  expect(new Set(asked)).toEqual(new Set(['openshift-mine']));
  const [webhook] = (await read()).webhooks;
  expect(webhook).toMatchObject({ failurePolicy: 'Fail', clientConfig: { caBundle: base64(certificates.ca) } });
});

test('while all is as it should be nothing is written', async () => {
  const integrations = [allowing(['openshift-mine', 'kube-system'])];
  await keepBuiltInNamespaces(client, integrations);
  const { metadata } = await read();
  expect(await keepBuiltInNamespaces(client, integrations)).toBe('Unchanged');
  expect((await read()).metadata.resourceVersion).toBe(metadata.resourceVersion);
});

describe('R12: the second configuration, once the operator watches both,', () => {
  const readable = () => [allowing(['openshift-mine'])];
  const log = { info: () => undefined, warn: () => undefined };
  // It would look again after a minute without an event.
  const soon = 30_000;
  let keeper: BuiltInNamespaces;
  beforeEach(() => {
    const repairs = createRepairs({ client, managers: ['quayside'] });
    keeper = createBuiltInNamespaces({ client, log, repairs }, { readable, areAllReadable: () => true });
    keeper.start();
  });
  afterEach(() => keeper.stop(10_000));

  test('R12: is back at once after somebody deletes it', async () => {
    await eventually(async () => expect((await read()).webhooks).toHaveLength(1));
    await controlPlane.edits.delete('mutatingwebhookconfiguration', second);
    await eventually(async () => expect((await read()).webhooks).toHaveLength(1), soon);
  });

  test('R12: follows the first at once when that is replaced', async () => {
    await eventually(async () => expect((await read()).webhooks[0]?.failurePolicy).toBe('Fail'));
    const found = await controlPlane.kubectl(['get', 'mutatingwebhookconfiguration', first, '-o', 'json']);
    const input = found.replace('"failurePolicy": "Fail"', '"failurePolicy": "Ignore"');
    await controlPlane.kubectl(['replace', '-f', '-'], { input });
    await eventually(async () => expect((await read()).webhooks[0]?.failurePolicy).toBe('Ignore'), soon);
  });
});

test('it follows the lists, and goes with the last of them', async () => {
  await keepBuiltInNamespaces(client, [allowing(['openshift-mine'])]);
  const more = [
    allowing(['openshift-mine']),
    allowing(['default', 'kube-system'], { denylistNamespaces: ['default'] }),
  ];
  expect(await keepBuiltInNamespaces(client, more)).toBe('Changed');
  const { webhooks } = await read();
  expect(webhooks[0]?.namespaceSelector.matchExpressions[0]?.values).toEqual(['kube-system', 'openshift-mine']);
  expect(await keepBuiltInNamespaces(client, [integration()])).toBe('Removed');
  await expect(read()).rejects.toThrow('not found');
  expect(await keepBuiltInNamespaces(client, [])).toBe('None');
});

test('for a suspended integration nothing is begun and nothing ended', async () => {
  const suspended = [allowing(['openshift-mine'], { suspend: true })];
  expect(await keepBuiltInNamespaces(client, suspended)).toBe('None');
  await keepBuiltInNamespaces(client, [allowing(['openshift-mine'])]);
  expect(await keepBuiltInNamespaces(client, suspended)).toBe('Unchanged');
});

test('whom to trust is taken over when it grows, and what another wrote there stays', async () => {
  const integrations = [allowing(['openshift-mine'])];
  await keepBuiltInNamespaces(client, integrations);
  const { ca } = await makeServerCertificates();
  const both = `${certificates.ca}${ca}`;
  const patch = JSON.stringify([{ op: 'replace', path: '/webhooks/0/clientConfig/caBundle', value: base64(both) }]);
  const args = ['patch', 'mutatingwebhookconfiguration', second, '--type=json', '-p', patch];
  await controlPlane.kubectl(args);
  expect(await keepBuiltInNamespaces(client, integrations)).toBe('Unchanged');
  expect((await read()).webhooks[0]?.clientConfig.caBundle).toBe(base64(both));
  const later = (await makeServerCertificates()).ca;
  await install(`${both}${later}`);
  expect(await keepBuiltInNamespaces(client, integrations)).toBe('Changed');
  expect((await read()).webhooks[0]?.clientConfig.caBundle).toBe(base64(`${both}${later}`));
});

test('whoever injects the authority into the first is asked to do so here too', async () => {
  const annotations = { 'cert-manager.io/inject-ca-from': 'quayside/quayside-webhook', 'example.test/other': 'x' };
  await install(certificates.ca, { annotations });
  await keepBuiltInNamespaces(client, [allowing(['openshift-mine'])]);
  const { metadata } = await read();
  expect(metadata.annotations).toEqual({ 'cert-manager.io/inject-ca-from': 'quayside/quayside-webhook' });
});

test('without a first one there is no second, and one that is not ours is left alone', async () => {
  await controlPlane.edits.delete('mutatingwebhookconfiguration', first);
  expect(await keepBuiltInNamespaces(client, [allowing(['openshift-mine'])])).toBe('NotInstalled');
  const foreign = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: second },
  };
  await controlPlane.edits.create(foreign);
  expect(await keepBuiltInNamespaces(client, [allowing(['openshift-mine'])])).toBe('NotOurs');
  expect(await keepBuiltInNamespaces(client, [])).toBe('NotOurs');
  await read();
});
