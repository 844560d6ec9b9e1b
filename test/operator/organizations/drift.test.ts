import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type QuayOrganizationStatus } from '../../../src/api/index.js';
import { type Fields, resourceTypes } from '../../../src/kube/index.js';
import { openScene, type Scene, specOf } from './fixture.js';

const name = 'openshift.shop';
const mirror = {
  externalReference: 'registry.example.com/library/nginx',
  tags: ['latest'],
  robot: 'builder',
  username: 'reader',
  passwordSecretRef: { name: 'mirror', key: 'password' },
};
const spec = specOf({
  repositories: [
    { name: 'web', source: 'ImageStream' },
    { name: 'nginx', mirror },
  ],
});

let scene: Scene;
beforeEach(async () => {
  scene = await openScene(['quay', 'other']);
  scene.put(resourceTypes.secret, password('first'));
});
afterEach(async () => scene.close());

const password = (text: string): Fields => ({
  metadata: {
    namespace: 'quayside',
    name: 'mirror',
    labels: { 'quayside.dev/document-secret': 'true' },
    annotations: { 'quayside.dev/organizations': 'openshift_shop', 'quayside.dev/uses': 'mirror' },
  },
  data: { password: Buffer.from(text).toString('base64') },
});
const inStep = async (): Promise<void> => {
  scene.state(name, spec);
  await scene.ready(name);
};
const ask = async (method: string, path: string): Promise<void> => {
  const quay = scene.quays.get('quay');
  const headers = { authorization: `Bearer ${quay?.credentials.superuser}` };
  const { status } = await fetch(`${quay?.url}/api/v1/organization/openshift_shop${path}`, { method, headers });
  expect(status).toBeLessThan(300);
};
const swept = async (): Promise<void> => {
  scene.sweep(name);
  await scene.pass(name);
  await scene.ready(name);
};
const writes = (of = 'quay'): number => scene.quays.get(of)?.requests.writes().length ?? 0;
const healed = (): readonly string[] =>
  scene.notices.filter(({ reason }) => reason === 'DriftHealed').map(({ note }) => note);
const demandNoDrift = (): void => {
  expect(healed()).toEqual([]);
  expect(scene.status(name)).not.toHaveProperty('drift');
};

test('what somebody took away in Quay is put back, and told', async () => {
  await inStep();
  await ask('DELETE', '/robots/default');
  await swept();
  expect(scene.status(name).drift?.changes).toContain('create robot default');
  expect(healed()).toHaveLength(1);
});

test('what could not be done before is no drift when it is done', async () => {
  scene.quays.get('quay')?.faults.inject({ method: 'POST', path: '^/api/v1/repository$', status: 403, times: 4 });
  scene.state(name, spec);
  await scene.ready(name, { status: 'False' });
  scene.quays.get('quay')?.faults.clear();
  await swept();
  demandNoDrift();
});

test('what was left undone when the operator was killed is no drift', async () => {
  const progressing = { type: 'Ready', status: 'False', reason: 'Progressing', message: '', lastTransitionTime: '' };
  const status = { observedGeneration: 1, registry: 'quay.example.test', conditions: [progressing] };
  scene.put(resourceTypes.quayOrganization, { metadata: { name, uid: name, generation: 1 }, spec, status });
  await scene.ready(name);
  expect(writes()).toBeGreaterThan(5);
  demandNoDrift();
});

test('what is made in another registry after a move is no drift', async () => {
  await inStep();
  const { host, quay } = scene.known.get('other') ?? {};
  scene.connect('quay', { ...(host && { host }), ...(quay && { quay }) });
  await scene.until(() => expect(scene.status(name).registry).toBe('other.example.test'));
  await scene.ready(name);
  expect(writes('other')).toBeGreaterThan(5);
  demandNoDrift();
});

test.each<readonly [string, () => Promise<void>]>([
  ['a password that is another one in its Secret', async () => scene.put(resourceTypes.secret, password('second'))],
  ['a mark that is written again', async () => ask('DELETE', '/team/quayside')],
])('%s is no drift', async (_, change) => {
  await inStep();
  await change();
  const before = writes();
  await swept();
  expect(writes()).toBeGreaterThan(before);
  demandNoDrift();
});

test('what was not looked at because it was ignored is no drift', async () => {
  const ready = { type: 'Ready', status: 'True', reason: 'Ignored', message: '', lastTransitionTime: '' };
  const status: QuayOrganizationStatus = {
    observedGeneration: 1,
    registry: 'quay.example.test',
    conditions: [{ ...ready, status: 'True' }],
  };
  scene.put(resourceTypes.quayOrganization, { metadata: { name, uid: name, generation: 1 }, spec, status });
  await scene.until(() => expect(writes()).toBeGreaterThan(5));
  await scene.ready(name, { reason: 'InStep' });
  demandNoDrift();
});
