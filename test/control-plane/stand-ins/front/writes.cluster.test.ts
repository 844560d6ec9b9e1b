import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SharedControlPlane } from '../../control-plane.js';
import { eventually } from '../../../support/eventually.js';
import { createNamespace } from '../../namespace.js';
import { sharedControlPlane } from '../../shared.js';
import { type OpenShift, startOpenShift } from '../openshift.js';
import { type Person, person } from '../scene.js';

let controlPlane: SharedControlPlane;
let openshift: OpenShift;
let namespace: string;
let admin: Person;
const strategy = { type: 'Docker', dockerStrategy: {} };
const output = { to: { kind: 'ImageStreamTag', name: 'web:latest' } };

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  openshift = await startOpenShift(controlPlane);
  namespace = await createNamespace(controlPlane, 'writes');
  admin = person(controlPlane, openshift, namespace);
});
afterAll(() => openshift.stop());

test.each(['builds', 'buildconfigs'] as const)('an output of %s to a stream means its tag latest', async (type) => {
  const { body } = await admin.create(type, {
    metadata: { name: 'stream' },
    spec: { strategy, output: { to: { kind: 'ImageStream', name: 'web' } } },
  });
  expect(body.spec).toMatchObject({ output });
});

test('whoever creates or changes a build needs the right to create its strategy', async () => {
  const grants = [
    'create',
    'role',
    'builds',
    '--verb=create,patch,get',
    '--resource=builds.build.openshift.io',
    '-n',
    namespace,
  ];
  await controlPlane.kubectl(grants);
  await controlPlane.kubectl([
    'create',
    'rolebinding',
    'builds',
    '--role=builds',
    `--serviceaccount=${namespace}:default`,
    '-n',
    namespace,
  ]);
  const token = await controlPlane.tokenFor({ namespace, name: 'default' });
  const somebody = person(controlPlane, openshift, namespace, token);
  const custom = (name: string): object => ({
    metadata: { name },
    spec: { strategy: { type: 'Custom', customStrategy: { from: {} } } },
  });
  await admin.create('builds', custom('custom'));
  const change = { metadata: { annotations: { a: 'b' } } };
  const refusal = {
    status: 403,
    body: { reason: 'Forbidden', message: expect.stringContaining('build strategy Custom is not allowed') },
  };
  await eventually(async () => expect(await somebody.create('builds', custom('mine'))).toMatchObject(refusal));
  expect(await somebody.merge('builds', 'custom', change)).toMatchObject(refusal);
  const owners = { metadata: { ownerReferences: [] } };
  expect((await somebody.merge('builds', 'custom', owners)).status).toBe(200);
  expect((await somebody.merge('builds', 'stream', change)).status).toBe(200);
});

test('a strategic merge patch works, and merges what has a name of its own', async () => {
  const env = (name: string, value: string): object => ({ name, value });
  const dockerStrategy = { env: [env('a', '1'), env('b', '1')] };
  await admin.create('builds', {
    metadata: { name: 'patched' },
    spec: { strategy: { type: 'Docker', dockerStrategy } },
  });
  const path = `/apis/build.openshift.io/v1/namespaces/${namespace}/builds/patched`;
  const change = { metadata: { labels: { a: 'b' } }, spec: { strategy: { dockerStrategy: { env: [env('b', '2')] } } } };
  const { status, body } = await admin.call('PATCH', path, change, 'application/strategic-merge-patch+json');
  expect([status, body]).toMatchObject([
    200,
    {
      metadata: { labels: { a: 'b' } },
      spec: { strategy: { dockerStrategy: { env: [env('a', '1'), env('b', '2')] } } },
    },
  ]);
});

test.each([
  [2_600_000, 500, 'ResourceExhausted'],
  [3_400_000, 413, 'limit is 3145728'],
])('a build of %d bytes is refused', async (bytes, code, words) => {
  const { status, body } = await admin.create('builds', {
    metadata: { name: 'big' },
    spec: { strategy, output, source: { dockerfile: 'x'.repeat(bytes) } },
  });
  expect([status, body.message]).toEqual([code, expect.stringContaining(words)]);
});
