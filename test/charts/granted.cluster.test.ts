import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { digestOf } from '../fixtures/builds/builds.js';
import type { AuditedRequest } from '../control-plane/audit/request.js';
import type { Build } from '../control-plane/stand-ins/builds/generate.js';
import { restrictBuildStrategies } from '../control-plane/stand-ins/install.js';
import type { OpenShift } from '../control-plane/stand-ins/openshift.js';
import { Harness } from '../fixtures/operator/harness.js';
import { type Cluster, home } from '../fixtures/operator/cluster.js';
import { type Reported } from '../fixtures/operator/objects.js';
import { demandPullSecrets, pullSecretName } from '../fixtures/operator/pull-secrets.js';
import { applyConfiguration } from '../fixtures/admission/installed.js';
import { type Replica, startReplica } from '../fixtures/admission/replica.js';
import { configurations, install, type Installed } from '../fixtures/granted.js';
import { rightsOf, uses, wordsOf } from './granted.js';
import { type Written } from './synthesized.js';
import { startRelay } from '../support/tls-relay.js';
import { reasonFor } from './unused-rights.js';
import { registryAt } from '../fixtures/registry-at.js';

const id = 'granted';
const own = ['web', 'old', 'gone', 'soon'].map((name) => `${id}-${name}`);
const builtIn = 'openshift-brought-back';

let installed: Installed;
let cluster: Cluster;
let harness: Harness;
let openshift: OpenShift;
let webhook: Replica;
let relay: Awaited<ReturnType<typeof startRelay>>;

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);

beforeAll(async () => {
  // All that follows happens under the policy that limits our accounts' writes.
  installed = await install({ credentialsSecret: id, writePolicy: true });
  cluster = installed.cluster;
  if (cluster.openshift === undefined) throw new Error('nothing is built here');
  openshift = cluster.openshift;
  const { as, argsOf, objects } = installed;
  await restrictBuildStrategies(cluster.plane);
  await cluster.plane.audit.reset();
  await installed.makeCertificates();

  webhook = await startReplica(await as('quayside-webhook'), argsOf('Deployment', /^quayside-webhook$/));
  relay = await startRelay(cluster.plane.connection, {
    port: webhook.port,
    servername: `quayside-webhook.${home}.svc`,
    ca: async () => Buffer.from(await installed.caBundle(), 'base64').toString(),
  });
  const { webhooks = [] } = objects.find(({ kind }) => kind === 'MutatingWebhookConfiguration') ?? {};
  await applyConfiguration(cluster.plane, 'on-loopback', webhooks, { port: relay.port, ca: cluster.plane.ca });

  harness = await Harness.open(cluster, { id, spec: { allowlistNamespaces: [...own, builtIn] } });
  await cluster.start({ kubeconfig: await as('quayside'), args: argsOf('Deployment', /^quayside$/) });
});
afterAll(async () => {
  await webhook?.stop();
  relay?.stop();
  await cluster?.close();
  await harness?.quay.close();
});

test('a project is provisioned, and its image stream', async () => {
  await harness.projects(['web'], ['httpd']);
  await harness.ready(['web']);
  await demandPullSecrets(harness, 'web');
});

test('R30: where strategies are restricted a Build is pointed at Quay, imported when it is complete, and marked', async () => {
  await until(async () => expect(await webhook.unready()).toBeUndefined());
  const namespace = harness.namespace('web');
  const importer = openshift.adopt(namespace);
  importer.answer({ digest: digestOf('a') });
  await cluster.create({
    apiVersion: 'build.openshift.io/v1',
    kind: 'Build',
    metadata: { name: 'httpd-1', namespace },
    spec: {
      strategy: { type: 'Docker', dockerStrategy: {} },
      output: { to: { kind: 'ImageStreamTag', name: 'httpd:latest' } },
    },
  });
  const path = `/apis/build.openshift.io/v1/namespaces/${namespace}/builds/httpd-1`;
  const { spec } = await cluster.get<Build>(path);
  const image = `${new URL(harness.quay.url).host}/${harness.organization('web')}/httpd:latest`;
  expect(spec.output?.to).toMatchObject({ kind: 'DockerImage', name: image });

  const pushed = await openshift.builder.complete(namespace, 'httpd-1', digestOf('a'));
  expect(pushed.spec.output?.pushSecret?.name).toBe(pullSecretName(harness, 'builder'));
  await until(() => expect(importer.asked).toHaveLength(1));
  await until(async () => {
    const { metadata } = await cluster.get<Written>(path);
    expect(Object.values(metadata.annotations ?? {})).toContain('true');
    expect(Object.keys(metadata.annotations ?? {}).join()).toContain('imported');
  });
});

test('a Build that is created one second after its project is rewritten, and not denied', async () => {
  // Until the operator has read the cluster once, no Build is pointed at Quay.
  await until(async () => expect(await harness.condition('Ready')).toMatchObject({ status: 'True' }));
  await harness.projects(['soon']);
  await setTimeout(1_000);
  const namespace = harness.namespace('soon');
  await cluster.create({
    apiVersion: 'build.openshift.io/v1',
    kind: 'Build',
    metadata: { name: 'first', namespace },
    spec: {
      strategy: { type: 'Docker', dockerStrategy: {} },
      output: { to: { kind: 'ImageStreamTag', name: 'app:latest' } },
    },
  });
  const { spec, metadata } = await cluster.get<Written & { spec: { output: { to: object } } }>(
    `/apis/build.openshift.io/v1/namespaces/${namespace}/builds/first`,
  );
  const image = `${new URL(harness.quay.url).host}/${harness.organization('soon')}/app:latest`;
  // What the webhook decided, or that it was not asked, says why.
  expect({ to: spec.output.to, annotations: metadata.annotations }).toMatchObject({
    to: { kind: 'DockerImage', name: image },
  });
});

test("the predecessor's object and its finalizer are adopted", async () => {
  await cluster.create({
    apiVersion: 'redhatcop.redhat.io/v1alpha1',
    kind: 'QuayIntegration',
    metadata: { name: 'former', finalizers: ['redhatcop.redhat.io/quayintegrations'] },
    spec: {
      clusterID: 'former',
      ...registryAt(harness.quay.url),
      credentialsSecretName: `${home}/${id}`,
      whitelistNamespaces: ['nowhere'],
    },
  });
  await until(async () => {
    const former = await cluster.get<Reported>('/apis/redhatcop.redhat.io/v1alpha1/quayintegrations/former');
    expect(former.status?.conditions?.length).toBeGreaterThan(0);
  });
  await harness.projects(['old']);
  await harness.ready(['old']);
  const finalizers = ['quay.redhat.com/quayintegrations'];
  await cluster.patch(['namespace', harness.namespace('old')], { metadata: { finalizers } });
  await until(async () => {
    const { metadata } = await cluster.get<Reported>(`/api/v1/namespaces/${harness.namespace('old')}`);
    expect(metadata.finalizers ?? []).toEqual([]);
  });
});

test('a built-in namespace that comes back gets a configuration of its own, which goes with it', async () => {
  const second = `${configurations}/quayside-builtin-namespaces`;
  await until(async () => expect(await cluster.has(second)).toBe(true));
  await harness.edit({ allowlistNamespaces: [...own, builtIn, `${builtIn}-too`] });
  await until(async () => expect(JSON.stringify(await cluster.get(second))).toContain(`${builtIn}-too`));
  await harness.edit({ allowlistNamespaces: own });
  await until(async () => expect(await cluster.has(second)).toBe(false));
});

test('a certificate that is gone is made again, and one that is broken is repaired', async () => {
  const path = `/api/v1/namespaces/${home}/secrets/quayside-webhook-certificate`;
  await cluster.delete('secret', 'quayside-webhook-certificate', '-n', home);
  await until(async () => expect(await cluster.has(path)).toBe(true));
  const broken = { data: { 'tls.crt': Buffer.from('broken').toString('base64') } };
  await cluster.patch(['secret', 'quayside-webhook-certificate', '-n', home], broken);
  await until(async () => {
    const { data } = await cluster.get<Written>(path);
    expect(Buffer.from(data?.['tls.crt'] ?? '', 'base64').toString()).toMatch(/^-----BEGIN CERTIFICATE/);
  });
});

test('manifests with another image are taken, and the caBundle stays', async () => {
  const before = await installed.caBundle();
  expect(before).not.toBe('');
  await installed.apply({ image: 'example.com/quayside:2' });
  expect(await installed.caBundle()).toBe(before);
  const jobs = await cluster.get<{ items: Written[] }>(`/apis/batch/v1/namespaces/${home}/jobs`);
  expect(jobs.items).toHaveLength(2);
  // The Job runs again, and finds nothing to do.
  await installed.makeCertificates();
  expect(await installed.caBundle()).toBe(before);
});

test('a deleted project deletes its organization', async () => {
  await harness.projects(['gone'], ['web']);
  await harness.ready(['gone']);
  await cluster.delete('namespace', harness.namespace('gone'));
  await until(() => expect(harness.organizations()).not.toContain(harness.organization('gone')));
  await until(async () => expect(await harness.hasObject('gone')).toBe(false));
});

test('a robot that is no longer declared is removed with its secret', async () => {
  await harness.edit({ serviceAccounts: [{ name: 'default', role: 'read' }] });
  const path = `/api/v1/namespaces/${harness.namespace('web')}/secrets/${pullSecretName(harness, 'builder')}`;
  await until(async () => expect(await cluster.has(path)).toBe(false));
});

describe('after the whole walkthrough', () => {
  const accounts = ['quayside', 'quayside-webhook', 'quayside-certificates'];
  const isOurs = ({ user }: AuditedRequest): boolean => accounts.some((name) => user.endsWith(`:${home}:${name}`));

  test('no call was forbidden', async () => {
    const requests = (await cluster.plane.audit.requests()).filter(isOurs);
    const forbidden = requests.filter(({ code }) => code === 403 || code === 401);
    expect(
      forbidden.map(({ user, verb, resource, name, uri }) => `${user} ${verb} ${resource} ${name} ${uri}`),
    ).toEqual([]);
    expect(new Set(requests.map(({ user }) => user)).size).toBe(accounts.length);
  });

  test('every permission was used, or there is a reason for it', async () => {
    const requests = (await cluster.plane.audit.requests()).filter(isOurs);
    const unused = rightsOf(installed.objects).filter((right) => !requests.some((request) => uses(request, right)));
    const words = [...new Set(unused.map(wordsOf))];
    expect(words.filter((right) => reasonFor(right) === undefined)).toEqual([]);
  });
});

describe('S19 the write policy refuses what our accounts are not there for, although RBAC allows it:', () => {
  const operator = { namespace: home, name: 'quayside' };
  const refusal = /ValidatingAdmissionPolicy .* denied request: Quayside writes no/;

  test.each<[string, () => object]>([
    ['a Secret of another type', () => theirs({ type: 'Opaque' })],
    ['a pull secret without our label', () => theirs({ type: 'kubernetes.io/dockerconfigjson' })],
    [
      'a webhook configuration of another name',
      () => ({
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'MutatingWebhookConfiguration',
        metadata: { name: id },
      }),
    ],
  ])('%s', async (_, object) => {
    const input = JSON.stringify(object());
    await expect(cluster.plane.kubectl(['create', '-f', '-'], { input, as: operator })).rejects.toThrow(refusal);
  });

  test('S19 nor may they delete the Secret of somebody else', async () => {
    await cluster.create(theirs({ type: 'Opaque' }));
    const named = ['secret', 'theirs', '-n', harness.namespace('web')];
    await expect(cluster.plane.kubectl(['delete', ...named], { as: operator })).rejects.toThrow(refusal);
    await cluster.delete(...named);
  });

  const theirs = ({ type }: { readonly type: string }): object => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'theirs', namespace: harness.namespace('web') },
    type,
    stringData: { '.dockerconfigjson': '{"auths":{}}' },
  });
});
