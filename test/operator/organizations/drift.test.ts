import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type QuayOrganizationStatus } from '../../../src/api/index.js';
import { type Fields } from '../../../src/json/index.js';
import { resourceTypes } from '../../../src/kube/index.js';
import { openFixture, type Fixture, specOf } from './fixture.js';

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

let fixture: Fixture;
beforeEach(async () => {
  fixture = await openFixture(['quay', 'other']);
  fixture.put(resourceTypes.secret, password('first'));
});
afterEach(async () => fixture.close());

const password = (text: string): Fields => ({
  metadata: {
    namespace: 'quayside',
    name: 'mirror',
    labels: { 'quayside.dev/document-secret': 'true' },
    annotations: { 'quayside.dev/organizations': 'openshift_shop', 'quayside.dev/uses': 'mirror' },
  },
  data: { password: Buffer.from(text).toString('base64') },
});
const synced = async (): Promise<void> => {
  fixture.state(name, spec);
  await fixture.ready(name);
};
/** Our pull Secret for builds, with the token that Quay accepts. */
const pullSecret = (): Fields => {
  const token = fixture.quays.get('quay')?.snapshot().robots.get('openshift_shop+builder')?.token;
  const auth = Buffer.from(`openshift_shop+builder:${token}`).toString('base64');
  return {
    metadata: { namespace: 'shop', name: 'builder', labels: { 'app.kubernetes.io/managed-by': 'quayside' } },
    type: 'kubernetes.io/dockerconfigjson',
    data: {
      '.dockerconfigjson': Buffer.from(JSON.stringify({ auths: { 'quay.example.test': { auth } } })).toString('base64'),
    },
  };
};
const loseMark = async (): Promise<void> => {
  fixture.put(resourceTypes.secret, pullSecret());
  await ask('DELETE', '/team/quayside');
};
const ask = async (method: string, path: string): Promise<void> => {
  const quay = fixture.quays.get('quay');
  const headers = { authorization: `Bearer ${quay?.credentials.superuser}` };
  const { status } = await fetch(`${quay?.url}/api/v1/organization/openshift_shop${path}`, { method, headers });
  expect(status).toBeLessThan(300);
};
const swept = async (): Promise<void> => {
  fixture.resync(name);
  await fixture.pass(name);
  await fixture.ready(name);
};
const writes = (of = 'quay'): number => fixture.quays.get(of)?.requests.writes().length ?? 0;
const healed = (): readonly string[] =>
  fixture.events.filter(({ reason }) => reason === 'DriftCorrected').map(({ note }) => note);
const demandNoDrift = (): void => {
  expect(healed()).toEqual([]);
  expect(fixture.status(name)).not.toHaveProperty('drift');
};

test('what was removed in Quay is created again, and reported', async () => {
  await synced();
  await ask('DELETE', '/robots/default');
  await swept();
  expect(fixture.status(name).drift?.changes).toContain('create robot default');
  expect(healed()).toHaveLength(1);
});

test('what could not be done before is no drift when it is done', async () => {
  fixture.quays.get('quay')?.faults.inject({ method: 'POST', path: '^/api/v1/repository$', status: 403, times: 4 });
  fixture.state(name, spec);
  await fixture.ready(name, { status: 'False' });
  fixture.quays.get('quay')?.faults.clear();
  await swept();
  demandNoDrift();
});

test('what was left undone when the operator was killed is no drift', async () => {
  const progressing = { type: 'Ready', status: 'False', reason: 'Progressing', message: '', lastTransitionTime: '' };
  const status = { observedGeneration: 1, registry: 'quay.example.test', conditions: [progressing] };
  fixture.put(resourceTypes.quayOrganization, { metadata: { name, uid: name, generation: 1 }, spec, status });
  await fixture.ready(name);
  expect(writes()).toBeGreaterThan(5);
  demandNoDrift();
});

test('what is made in another registry after a move is no drift', async () => {
  await synced();
  const { host, quay } = fixture.known.get('other') ?? {};
  fixture.connect('quay', { ...(host && { host }), ...(quay && { quay }) });
  await fixture.until(() => expect(fixture.status(name).registry).toBe('other.example.test'));
  await fixture.ready(name);
  expect(writes('other')).toBeGreaterThan(5);
  demandNoDrift();
});

test.each<readonly [string, () => Promise<void>]>([
  ['a password that is another one in its Secret', async () => fixture.put(resourceTypes.secret, password('second'))],
  ['a mark that is written again', loseMark],
])('a change because %s is no drift', async (_, change) => {
  await synced();
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
  fixture.put(resourceTypes.quayOrganization, { metadata: { name, uid: name, generation: 1 }, spec, status });
  await fixture.until(() => expect(writes()).toBeGreaterThan(5));
  await fixture.ready(name, { reason: 'Synced' });
  demandNoDrift();
});
