import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { digestOf } from '../fixtures/builds/builds.js';
import { install, type Installed } from '../fixtures/granted.js';
import { startRelay } from '../support/tls-relay.js';
import { namespaceCount } from '../control-plane/scale.js';
import type { Build } from '../control-plane/stand-ins/builds/generate.js';
import type { OpenShift } from '../control-plane/stand-ins/openshift.js';
import { Harness } from '../fixtures/operator/harness.js';
import { type Cluster, home } from '../fixtures/operator/cluster.js';
import { demandReady, imageStream, project } from '../fixtures/operator/objects.js';
import type { Operator } from '../fixtures/operator/operator.js';
import { pullSecretName } from '../fixtures/operator/pull-secrets.js';
import { applyConfiguration } from '../fixtures/admission/installed.js';
import { type Balancer, startBalancer } from '../fixtures/admission/balancer.js';
import { type Replica, startReplica } from '../fixtures/admission/replica.js';

const id = 'first-builds';
const names = Array.from({ length: namespaceCount(100) }, (_, at) => `p${at}`);
/** Until the last of many projects has its Secret, on a machine that is busy with much else. */
const patience = 240_000;

let installed: Installed;
let cluster: Cluster;
let openshift: OpenShift;
let harness: Harness;
let balancer: Balancer;
let relay: Awaited<ReturnType<typeof startRelay>>;
let operator: Operator;
let replicas: readonly Replica[] = [];

beforeAll(async () => {
  installed = await install({ credentialsSecret: id });
  cluster = installed.cluster;
  if (cluster.openshift === undefined) throw new Error('nothing is built here');
  openshift = cluster.openshift;
  await installed.makeCertificates();
  balancer = await startBalancer();
  replicas = await Promise.all([startWebhook(), startWebhook()]);
  balancer.use(...replicas);
  relay = await startRelay(cluster.plane.connection, {
    port: balancer.port,
    servername: `quayside-webhook.${home}.svc`,
    ca: async () => Buffer.from(await installed.caBundle(), 'base64').toString(),
  });
  const { webhooks = [] } = installed.objects.find(({ kind }) => kind === 'MutatingWebhookConfiguration') ?? {};
  await applyConfiguration(cluster.plane, 'on-loopback', webhooks, { port: relay.port, ca: cluster.plane.ca });
  harness = await Harness.open(cluster, { id });
  operator = await startOperator();
  await cluster.eventually(async () => demandReady(await harness.integration()));
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop('SIGKILL')));
  relay?.stop();
  await balancer?.close();
  await cluster?.close();
  await harness?.quay.close();
});

async function startWebhook(): Promise<Replica> {
  const { as, argsOf } = installed;
  const replica = await startReplica(await as('quayside-webhook'), argsOf('Deployment', /^quayside-webhook$/));
  await cluster.eventually(async () => expect(await replica.unready()).toBeUndefined());
  return replica;
}

async function startOperator(): Promise<Operator> {
  return cluster.start({
    kubeconfig: await installed.as('quayside'),
    args: installed.argsOf('Deployment', /^quayside$/),
  });
}

/** As a Deployment does it: another one is ready before one is stopped. */
async function restartWebhook(): Promise<void> {
  for (const former of replicas) {
    const next = await startWebhook();
    replicas = [...replicas.filter((one) => one !== former), next];
    balancer.use(...replicas);
    await former.stop();
  }
}

async function restartOperator(): Promise<void> {
  await operator.stop('SIGKILL');
  operator = await startOperator();
}

function buildConfig(namespace: string): object {
  return {
    apiVersion: 'build.openshift.io/v1',
    kind: 'BuildConfig',
    metadata: { name: 'web', namespace },
    spec: {
      strategy: { type: 'Docker', dockerStrategy: {} },
      output: { to: { kind: 'ImageStreamTag', name: 'web:latest' } },
      triggers: [{ type: 'ConfigChange' }],
    },
  };
}

async function create(some: readonly string[]): Promise<void> {
  const objects = some
    .map((name) => harness.namespace(name))
    .flatMap((namespace) => [
      ...project(namespace, harness.labels),
      imageStream(namespace, 'web'),
      buildConfig(namespace),
    ]);
  await cluster.create(...objects);
}

test('R29: the first Build of each of many new projects exists and goes to Quay, however slow that is', async () => {
  harness.quay.latency(5_000);
  const groups = [0, 1, 2, 3].map((group) => names.filter((_, at) => at % 4 === group));
  await Promise.all([...groups.map(create), restartWebhook(), restartOperator()]);

  const host = new URL(harness.quay.url).host;
  await cluster.eventually(async () => {
    const { items } = await cluster.get<{ items: readonly Build[] }>('/apis/build.openshift.io/v1/builds');
    const outputs = new Map(items.map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, spec.output]));
    const wrong = names.flatMap((name) => {
      const to = { kind: 'DockerImage', name: `${host}/${harness.organization(name)}/web:latest` };
      const wanted = { to, pushSecret: { name: pullSecretName(harness, 'builder') } };
      const output = outputs.get(`${harness.namespace(name)}/web-1`);
      return isDeepStrictEqual(output, wanted) ? [] : [[name, output?.to?.name, output?.pushSecret?.name].join(' ')];
    });
    expect([wrong, outputs.size]).toEqual([[], names.length]);
  });
});

test('R29: those Builds run once their Secret is there, and their images are imported', async () => {
  harness.quay.latency(0);
  const sample = [names[0], names.at(-1)].filter((name) => name !== undefined).map((name) => harness.namespace(name));
  for (const namespace of sample) {
    openshift.adopt(namespace).answer({ digest: digestOf('a') });
    await openshift.builder.complete(namespace, 'web-1', digestOf('a'), patience);
    await cluster.eventually(() =>
      expect(openshift.adopt(namespace).asked).toMatchObject([{ stream: 'web', status: 201 }]),
    );
  }
});
