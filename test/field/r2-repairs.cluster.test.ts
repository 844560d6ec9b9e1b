import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KubeClient } from '../../src/kube/index.js';
import { type AuditedRequest } from '../control-plane/audit/request.js';
import { certificateDefaults } from '../../src/certs/index.js';
import { clientAt } from '../support/client-at.js';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { imageStream } from '../fixtures/operator/objects.js';
import { type Operator } from '../fixtures/operator/operator.js';
import { demandPullSecrets, pullSecretName } from '../fixtures/operator/pull-secrets.js';
import { fightsIn } from './fights.js';
import { type Undoing } from './undoing.js';

const projects = ['account', 'secret', 'object', 'finalizer'] as const;
let cluster: Cluster;
let harness: Harness;
/** One whose sweep comes by all the time. */
let swept: Harness;
let operator: Operator;
let somebody: KubeClient;
let began: number;
const fights: Undoing[] = [];
const stopping = new AbortController();

beforeAll(async () => {
  cluster = await Cluster.open();
  operator = await cluster.start({ args: ['--certificates', 'job'] });
  harness = await Harness.open(cluster, { spec: { interval: '1h' } });
  swept = await Harness.open(cluster);
  somebody = clientAt(cluster.plane.kubeconfig, 'somebody');
  await Promise.all([harness.projects(projects), swept.projects(['robot'])]);
  await Promise.all([harness.ready(projects), swept.ready(['robot'])]);
  await cluster.plane.audit.reset();
  harness.quay.requests.reset();
  began = performance.now();
  fights.push(...fightsIn(harness, somebody));
  void inQuay();
});
afterAll(async () => {
  stopping.abort();
  await Promise.all(fights.map((fight) => fight.stop()));
  await somebody.close();
  await cluster.close();
  await Promise.all([harness, swept].map(({ quay }) => quay.close()));
});

/** A script that deletes a robot in Quay whenever it is in use again. */
async function inQuay(): Promise<void> {
  while (!stopping.signal.aborted) {
    try {
      await demandPullSecrets(swept, 'robot', ['builder']);
      await swept.ask('DELETE', `/organization/${swept.organization('robot')}/robots/builder`);
    } catch {
      await sleep(50);
    }
  }
}

/** What the object of a project says, once that is that it is fought over. */
const contended = async (of: Harness, name: string): Promise<string> =>
  cluster.eventually(async () => {
    const { status } = await of.object(name);
    const { conditions = [] } = status ?? {};
    const ready = conditions.find(({ type }) => type === 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'Contended' });
    expect(conditions.find(({ type }) => type === 'Reconciling')).toMatchObject({ status: 'True' });
    return ready?.message ?? '';
  }, 30_000);
const events = async (of: Harness, name: string): Promise<readonly string[]> => {
  const all = await cluster.events(`${of.id}.${of.namespace(name)}`);
  return all.filter((line) => line.startsWith('Contended: '));
};
/** As many as the doubling allows for the time since the fight began: 1 at once, then after 1 s, 2 s, 4 s and so on. */
const most = (): number => 2 + Math.log2((performance.now() - began) / 1000 + 1);
const requests = (filter: object): Promise<readonly AuditedRequest[]> =>
  cluster.plane.audit.requests({ userAgent: 'quayside-operator', verb: ['patch', 'create', 'update'], ...filter });
const writes = async (filter: object): Promise<number> => (await requests(filter)).length;

describe('R2: a controller that takes our entry off a ServiceAccount each time', () => {
  test('is named by condition, Event, metric and integration, and has as many patches as the doubling gives', async () => {
    expect(await contended(harness, 'account')).toMatch(/ServiceAccount .*\/builder was undone .*"policy-controller"/);
    const namespace = harness.namespace('account');
    const name = `${harness.id}.${namespace}`;
    const all = await requests({ resource: 'serviceaccounts', namespace, name: 'builder' });
    // The API server is asked to note who writes.
    const tracking = all.filter(({ uri }) => uri.includes('quayside-tracking')).length;
    expect(tracking).toBeLessThanOrEqual(2);
    const patches = all.length - tracking;
    expect(patches).toBeGreaterThanOrEqual(3);
    expect(patches).toBeLessThanOrEqual(most());
    // Nor does it say so any oftener.
    expect(await writes({ resource: 'quayorganizations/status', name })).toBeLessThanOrEqual(3 * most());
    await cluster.eventually(async () =>
      expect(await events(harness, 'account')).toEqual([expect.stringContaining('"policy-controller"')]),
    );
    const { text } = await operator.ask('/metrics');
    const repairs = Number(/^quayside_repairs_total\{kind="ServiceAccount"\} (\d+)/m.exec(text)?.[1]);
    expect(repairs).toBeGreaterThanOrEqual(3);
    expect(text).toContain('quayside_contended_objects{kind="ServiceAccount"} 1');
    await cluster.eventually(async () => {
      const { message } = await harness.condition('Ready');
      expect(message).toMatch(/with Contended/);
    });
  });

  test('holds up nothing else of that organization', async () => {
    await cluster.create(imageStream(harness.namespace('account'), 'web'));
    const path = `/repository/${harness.organization('account')}/web`;
    await cluster.eventually(() => harness.ask('GET', path));
    await cluster.patch(['serviceaccount', 'default', '-n', harness.namespace('account')], { imagePullSecrets: null });
    await cluster.eventually(() => demandPullSecrets(harness, 'account', ['default', 'deployer']));
  });
});

test('R2: who deletes a pull secret each time has few writes, and one look into Quay', async () => {
  expect(await contended(harness, 'secret')).toMatch(/the Secret .* was undone .*deleted.*audit log/);
  const namespace = harness.namespace('secret');
  const written = await writes({ resource: 'secrets', namespace, name: pullSecretName(harness, 'builder') });
  expect(written).toBeGreaterThanOrEqual(3);
  expect(written).toBeLessThanOrEqual(most());
  const asked = harness.quay.requests.list().filter(({ path }) => path.includes(harness.organization('secret')));
  const looks = asked.filter(({ path }) => path === `/api/v1/organization/${harness.organization('secret')}`);
  expect(looks.length).toBeLessThanOrEqual(1);
  expect(asked.length).toBeLessThan(10);
  await cluster.eventually(async () => expect(await events(harness, 'secret')).toHaveLength(1));
});

test.each([
  ['object', 'other-gitops'],
  ['finalizer', 'cleaner'],
])('R2: who changes the %s of a QuayOrganization back each time is named as %s', async (name, manager) => {
  expect(await contended(harness, name)).toContain(name === 'object' ? 'as its document' : 'this object');
  await cluster.eventually(async () => {
    const told = await events(harness, name);
    expect(told.length).toBeGreaterThan(0);
    if (name === 'object') expect(told).toEqual([expect.stringContaining(`"${manager}"`)]);
  });
  // Two look after a finalizer: who brings the documents in, and who converges the object.
  const patches = await writes({ resource: 'quayorganizations', name: `${harness.id}.${harness.namespace(name)}` });
  expect(patches).toBeLessThanOrEqual(2 * most());
});

test('R2: who deletes the certificate of the webhook each time is told of in the integration', async () => {
  await cluster.eventually(async () =>
    expect(await harness.condition('WebhookCertificate')).toMatchObject({ status: 'False', reason: 'Contended' }),
  );
  const written = await writes({ resource: 'secrets', name: certificateDefaults.certificateSecret });
  // With the one that is not there before, and what stores beside it whom to trust.
  expect(written).toBeLessThanOrEqual(2 * most());
});

test('R2: a script that deletes a robot in Quay each time is told, and its pull secret has the token that counts', async () => {
  expect(await contended(swept, 'robot')).toMatch(/in Quay was undone .*builder/);
  stopping.abort();
  await cluster.eventually(() => demandPullSecrets(swept, 'robot'));
});
