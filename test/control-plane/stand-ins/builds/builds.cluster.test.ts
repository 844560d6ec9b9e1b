import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SharedControlPlane } from '../../control-plane.js';
import { eventually } from '../../../support/eventually.js';
import { createNamespace } from '../../namespace.js';
import { sharedControlPlane } from '../../shared.js';
import { type OpenShift, startOpenShift } from '../openshift.js';
import { type Person, person } from '../scene.js';
import { type Build, type BuildConfig, cloneAnnotation } from './generate.js';

let controlPlane: SharedControlPlane;
let openshift: OpenShift;
let namespace: string;
let admin: Person;
const digest = `sha256:${'a'.repeat(64)}`;
const strategy = { type: 'Docker', dockerStrategy: {} };
const toTag = { to: { kind: 'ImageStreamTag', name: 'web:latest' } };
const toImage = { to: { kind: 'DockerImage', name: 'quay.example.test/shop/web:latest' } };

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  openshift = await startOpenShift(controlPlane);
  namespace = await createNamespace(controlPlane, 'build');
  openshift.adopt(namespace);
  admin = person(controlPlane, openshift, namespace);
  await admin.create('imagestreams', { metadata: { name: 'web' } });
});
afterAll(() => openshift.stop());

const build = (name: string, output: object, more: object = {}) =>
  admin.create('builds', { metadata: { name }, spec: { strategy, output, ...more } });
const config = (name: string, spec: object = {}) =>
  admin.create('buildconfigs', { metadata: { name }, spec: { strategy, output: toTag, triggers: [], ...spec } });
const post = (path: string, body: object = {}, by = admin) =>
  by.call('POST', `/apis/build.openshift.io/v1/namespaces/${namespace}/${path}`, body);
const phase = (name: string, wanted: object): Promise<Build> =>
  eventually(async () => {
    const found = await admin.get<Build>('builds', name);
    expect(found.status).toMatchObject(wanted);
    return found;
  });
const secret = (name: string): Promise<string> =>
  controlPlane.kubectl([
    'create',
    'secret',
    'docker-registry',
    name,
    '-n',
    namespace,
    '--docker-server=quay.example.test',
    '--docker-username=u',
    '--docker-password=p',
  ]);

describe('a build that starts', () => {
  test.each([
    ['into a stream', 'tag', toTag],
    ['into a registry that its account has nothing for', 'image', toImage],
  ])('%s gets the push secret that OpenShift made for its account', async (_, name, output) => {
    await build(name, output);
    const { spec } = await phase(name, { phase: 'Pending' });
    expect(spec.output?.pushSecret?.name).toMatch(/^builder-dockercfg-[0-9a-f]{5}$/);
  });

  test('into a registry that its account has a Secret for gets that one', async () => {
    await secret('quay');
    await controlPlane.kubectl(['create', 'serviceaccount', 'ci', '-n', namespace]);
    await controlPlane.kubectl([
      'patch',
      'serviceaccount',
      'ci',
      '-n',
      namespace,
      '-p',
      '{"secrets":[{"name":"quay"}]}',
    ]);
    await build('own', toImage, { serviceAccount: 'ci' });
    const { spec } = await phase('own', { phase: 'Pending' });
    expect(spec.output?.pushSecret?.name).toBe('quay');
  });

  test('keeps a push secret that it names, and waits for it', async () => {
    await build('named', { ...toImage, pushSecret: { name: 'later' } });
    const { spec } = await phase('named', { phase: 'Pending', reason: 'MissingPushSecret' });
    expect(spec.output?.pushSecret?.name).toBe('later');
    const running = openshift.builder.run(namespace, 'named');
    await secret('later');
    expect((await running).status).toMatchObject({ phase: 'Running' });
  });

  test('into a stream that is not there stays new until it comes', async () => {
    await build('early', { to: { kind: 'ImageStreamTag', name: 'late:1' } });
    await phase('early', { phase: 'New', reason: 'InvalidOutputReference' });
    await admin.create('imagestreams', { metadata: { name: 'late' } });
    await phase('early', { phase: 'Pending' });
  });

  test('stops when somebody cancels it', async () => {
    await build('cancelled', toTag);
    await admin.merge('builds', 'cancelled', { status: { cancelled: true } });
    await phase('cancelled', { phase: 'Cancelled' });
  });
});

test('without an internal registry a build into a stream stays new, and holds up those behind it', async () => {
  const without = await startOpenShift(controlPlane, { hasInternalRegistry: false });
  const elsewhere = await createNamespace(controlPlane, 'build');
  without.adopt(elsewhere);
  const there = person(controlPlane, without, elsewhere);
  await there.create('imagestreams', { metadata: { name: 'web' } });
  await there.create('buildconfigs', {
    metadata: { name: 'web' },
    spec: { strategy, output: toTag, triggers: [{ type: 'ConfigChange' }] },
  });
  await eventually(async () => {
    expect((await there.get<Build>('builds', 'web-1')).status).toMatchObject({
      phase: 'New',
      reason: 'InvalidOutputReference',
    });
  });
  await there.merge('buildconfigs', 'web', { spec: { output: { ...toImage, pushSecret: { name: 'x' } } } });
  await there.call('POST', `/apis/build.openshift.io/v1/namespaces/${elsewhere}/buildconfigs/web/instantiate`, {});
  expect((await there.get<Build>('builds', 'web-2')).status).toMatchObject({ phase: 'New' });
  await there.merge('builds', 'web-1', { status: { cancelled: true } });
  await eventually(async () =>
    expect((await there.get<Build>('builds', 'web-2')).status).toMatchObject({ phase: 'Pending' }),
  );
  await without.stop();
});

describe('a build configuration', () => {
  test('with a trigger for itself is built once', async () => {
    await config('first', { triggers: [{ type: 'ConfigChange' }] });
    const { spec, metadata } = await phase('first-1', { phase: 'Pending' });
    expect([spec.output?.to, metadata.annotations]).toMatchObject([toTag.to, { 'openshift.io/build.number': '1' }]);
    expect((await admin.get<BuildConfig>('buildconfigs', 'first')).status?.lastVersion).toBe(1);
  });

  test('is counted up before its build is created: one that is refused is lost', async () => {
    const trigger = { type: 'ImageChange', imageChange: { from: { kind: 'ImageStreamTag', name: 'base:1' } } };
    await config('denied', { triggers: [trigger] });
    // A build of that name is there already.
    await build('denied-1', toTag);
    const request = { triggeredByImage: { name: 'base@sha256:00' }, lastVersion: 0 };
    expect((await post('buildconfigs/denied/instantiate', request)).status).toBe(409);
    const { status } = await admin.get<BuildConfig>('buildconfigs', 'denied');
    expect(status).toMatchObject({ lastVersion: 1, imageChangeTriggers: [{ lastTriggeredImageID: 'base@sha256:00' }] });
    expect((await post('buildconfigs/denied/instantiate', request)).status).toBe(400);
  });

  test('builds one after the other, or at once where it says so', async () => {
    await config('serial');
    await config('parallel', { runPolicy: 'Parallel' });
    for (const name of ['serial', 'serial', 'parallel', 'parallel']) {
      expect((await post(`buildconfigs/${name}/instantiate`)).status).toBe(201);
    }
    for (const name of ['serial-1', 'parallel-1', 'parallel-2']) await phase(name, { phase: 'Pending' });
    expect((await admin.get<Build>('builds', 'serial-2')).status?.phase).toBe('New');
    await openshift.builder.complete(namespace, 'serial-1', digest);
    await phase('serial-2', { phase: 'Pending' });
  });

  test('forgets builds that its history has no place for, right after they are complete', async () => {
    await config('short', { successfulBuildsHistoryLimit: 0, triggers: [{ type: 'ConfigChange' }] });
    await openshift.builder.complete(namespace, 'short-1', digest);
    await eventually(async () => {
      const { status } = await admin.call('GET', `/apis/build.openshift.io/v1/namespaces/${namespace}/builds/short-1`);
      expect(status).toBe(404);
    });
  });

  test('is only for those who may instantiate it', async () => {
    const token = await controlPlane.tokenFor({ namespace, name: 'default' });
    const nobody = person(controlPlane, openshift, namespace, token);
    expect((await post('buildconfigs/serial/instantiate', {}, nobody)).status).toBe(403);
  });
});

test('a clone has the spec of a build, its push secret included, and its annotations', async () => {
  await config('cloned');
  await post('buildconfigs/cloned/instantiate');
  const { spec } = await phase('cloned-1', { phase: 'Pending' });
  await admin.merge('builds', 'cloned-1', { metadata: { annotations: { 'example.test/a': 'b' } } });
  const { status, body } = await post('builds/cloned-1/clone');
  expect([status, body]).toMatchObject([
    201,
    {
      metadata: { name: 'cloned-2', annotations: { 'example.test/a': 'b', [cloneAnnotation]: 'cloned-1' } },
      spec: { output: spec.output },
    },
  ]);
  expect((await admin.get<BuildConfig>('buildconfigs', 'cloned')).status?.lastVersion).toBe(2);
});
