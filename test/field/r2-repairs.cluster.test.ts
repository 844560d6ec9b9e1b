import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KubeClient } from '../../src/kube/index.js';
import { type AuditedRequest } from '../control-plane/audit/request.js';
import { certificateDefaults } from '../../src/certs/index.js';
import { clientAt } from '../kube/client/client-at.js';
import { Bridge } from '../operator/harness.js';
import { Cluster } from '../operator/cluster.js';
import { imageStream } from '../operator/objects.js';
import { type Operator } from '../operator/operator.js';
import { demandPullSecrets, pullSecretName } from '../operator/pull-secrets.js';
import { fightsIn } from './fights.js';
import { type Undoing } from './undoing.js';

const projects = ['account', 'secret', 'object', 'finalizer'] as const;
let cluster: Cluster;
let bridge: Bridge;
/** One whose sweep comes by all the time. */
let swept: Bridge;
let operator: Operator;
let somebody: KubeClient;
let began: number;
const fights: Undoing[] = [];
const stopping = new AbortController();

beforeAll(async () => {
  cluster = await Cluster.open();
  operator = await cluster.start({ args: ['--certificates', 'job'] });
  bridge = await Bridge.open(cluster, { spec: { interval: '1h' } });
  swept = await Bridge.open(cluster);
  somebody = clientAt(cluster.plane.kubeconfig, 'somebody');
  await Promise.all([bridge.projects(projects), swept.projects(['robot'])]);
  await Promise.all([bridge.ready(projects), swept.ready(['robot'])]);
  await cluster.plane.audit.reset();
  bridge.quay.requests.reset();
  began = performance.now();
  fights.push(...fightsIn(bridge, somebody));
  void inQuay();
});
afterAll(async () => {
  stopping.abort();
  await Promise.all(fights.map((fight) => fight.stop()));
  await somebody.close();
  await cluster.close();
  await Promise.all([bridge, swept].map(({ quay }) => quay.close()));
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
const contended = async (of: Bridge, name: string): Promise<string> =>
  cluster.eventually(async () => {
    const { status } = await of.object(name);
    const { conditions = [] } = status ?? {};
    const ready = conditions.find(({ type }) => type === 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'Contended' });
    expect(conditions.find(({ type }) => type === 'Reconciling')).toMatchObject({ status: 'True' });
    return ready?.message ?? '';
  }, 30_000);
const events = async (of: Bridge, name: string): Promise<readonly string[]> => {
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
    expect(await contended(bridge, 'account')).toMatch(/ServiceAccount .*\/builder was undone .*"policy-controller"/);
    const namespace = bridge.namespace('account');
    const name = `${bridge.id}.${namespace}`;
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
      expect(await events(bridge, 'account')).toEqual([expect.stringContaining('"policy-controller"')]),
    );
    const { text } = await operator.ask('/metrics');
    const repairs = Number(/^quayside_repairs_total\{kind="ServiceAccount"\} (\d+)/m.exec(text)?.[1]);
    expect(repairs).toBeGreaterThanOrEqual(3);
    expect(text).toContain('quayside_contended_objects{kind="ServiceAccount"} 1');
    await cluster.eventually(async () => {
      const { message } = await bridge.condition('Ready');
      expect(message).toMatch(/with Contended/);
    });
  });

  test('holds up nothing else of that organization', async () => {
    await cluster.create(imageStream(bridge.namespace('account'), 'web'));
    const path = `/repository/${bridge.organization('account')}/web`;
    await cluster.eventually(() => bridge.ask('GET', path));
    await cluster.patch(['serviceaccount', 'default', '-n', bridge.namespace('account')], { imagePullSecrets: null });
    await cluster.eventually(() => demandPullSecrets(bridge, 'account', ['default', 'deployer']));
  });
});

test('R2: who deletes a pull secret each time has few writes, and one look into Quay', async () => {
  expect(await contended(bridge, 'secret')).toMatch(/the Secret .* was undone .*deleted.*audit log/);
  const namespace = bridge.namespace('secret');
  const written = await writes({ resource: 'secrets', namespace, name: pullSecretName(bridge, 'builder') });
  expect(written).toBeGreaterThanOrEqual(3);
  expect(written).toBeLessThanOrEqual(most());
  const asked = bridge.quay.requests.list().filter(({ path }) => path.includes(bridge.organization('secret')));
  const looks = asked.filter(({ path }) => path === `/api/v1/organization/${bridge.organization('secret')}`);
  expect(looks.length).toBeLessThanOrEqual(1);
  expect(asked.length).toBeLessThan(10);
  await cluster.eventually(async () => expect(await events(bridge, 'secret')).toHaveLength(1));
});

test.each([
  ['object', 'other-gitops'],
  ['finalizer', 'cleaner'],
])('R2: who changes the %s of a QuayOrganization back each time is named as %s', async (name, manager) => {
  expect(await contended(bridge, name)).toContain(name === 'object' ? 'as its document' : 'this object');
  await cluster.eventually(async () => {
    const told = await events(bridge, name);
    expect(told.length).toBeGreaterThan(0);
    if (name === 'object') expect(told).toEqual([expect.stringContaining(`"${manager}"`)]);
  });
  // Two look after a finalizer: who brings the documents in, and who converges the object.
  const patches = await writes({ resource: 'quayorganizations', name: `${bridge.id}.${bridge.namespace(name)}` });
  expect(patches).toBeLessThanOrEqual(2 * most());
});

test('R2: who deletes the certificate of the webhook each time is told of in the integration', async () => {
  await cluster.eventually(async () =>
    expect(await bridge.condition('WebhookCertificate')).toMatchObject({ status: 'False', reason: 'Contended' }),
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
