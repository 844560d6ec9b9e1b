import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { SharedControlPlane } from '../control-plane.js';
import { createNamespace } from '../namespace.js';
import { get, type Answer } from '../request.js';
import { sharedControlPlane } from '../shared.js';
import { writes } from './filter.js';

let controlPlane: SharedControlPlane;
const userAgent = 'audit-trail-test';
const ask = (path: string): Promise<Answer> => get(controlPlane, path, { 'user-agent': `${userAgent}/1.0` });

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
});
beforeEach(() => controlPlane.audit.reset());

test('requests are counted by user agent, verb and resource', async () => {
  await ask('/api/v1/namespaces');
  await ask('/api/v1/namespaces?limit=1');
  await ask('/api/v1/namespaces/default/secrets/none');
  await ask('/readyz');
  expect(await controlPlane.audit.counts({ userAgent })).toEqual({
    'list namespaces': 2,
    'get secrets': 1,
    'get /readyz': 1,
  });
  expect(await controlPlane.audit.requests({ userAgent, resource: 'secrets' })).toEqual([
    expect.objectContaining({ user: 'admin', namespace: 'default', name: 'none', code: 404 }),
  ]);
});

test('a watch is counted once, when it begins', async () => {
  await ask('/api/v1/namespaces?watch=true&timeoutSeconds=1');
  expect(await controlPlane.audit.counts({ userAgent })).toEqual({ 'watch namespaces': 1 });
});

test('writes are told from reads', async () => {
  const namespace = await createNamespace(controlPlane);
  await controlPlane.kubectl(['create', 'configmap', 'one', '--namespace', namespace]);
  await controlPlane.kubectl(['label', 'configmap', 'one', 'a=b', '--namespace', namespace]);
  await controlPlane.kubectl(['delete', 'configmap', 'one', '--namespace', namespace]);
  const filter = { userAgent: 'kubectl', verb: writes, resource: 'configmaps', namespace };
  const verbs = (await controlPlane.audit.requests(filter)).map(({ verb }) => verb);
  expect(verbs).toEqual(['create', 'patch', 'delete']);
});

test('a reset of the trail forgets its requests', async () => {
  await ask('/api/v1/namespaces');
  await controlPlane.audit.reset();
  expect(await controlPlane.audit.count({ userAgent })).toBe(0);
  await ask('/api/v1/namespaces');
  expect(await controlPlane.audit.count({ userAgent })).toBe(1);
});
