import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SharedControlPlane } from './control-plane.js';
import { eventually } from '../support/eventually.js';
import { createNamespace } from './namespace.js';
import { get } from './request.js';
import { sharedControlPlane } from './shared.js';
import { kubernetesVersion } from './servers/pinned.js';

let controlPlane: SharedControlPlane;
beforeAll(async () => {
  controlPlane = await sharedControlPlane();
});

test('the server says which version it is', async () => {
  const { serverVersion } = JSON.parse(await controlPlane.kubectl(['version', '-o', 'json'])) as {
    serverVersion: { gitVersion: string; major: string; minor: string };
  };
  const { gitVersion, major, minor } = serverVersion;
  expect(gitVersion).toMatch(new RegExp(`^v1\\.${minor}\\.`));
  expect(major).toBe('1');
  if (!process.env.KUBEBUILDER_ASSETS) expect(gitVersion).toBe(kubernetesVersion());
});

test('a request without a token is refused', async () => {
  const { url, ca } = controlPlane;
  expect(await get({ url, ca, token: '' }, '/api')).toMatchObject({ status: 401 });
  expect(await get({ url, ca, token: 'guessed' }, '/api')).toMatchObject({ status: 401 });
});

test('a new namespace gets its default service account, and goes when it is deleted', async () => {
  const namespace = await createNamespace(controlPlane);
  await controlPlane.kubectl(['create', 'configmap', 'inside', '--namespace', namespace]);
  await controlPlane.kubectl(['delete', 'namespace', namespace, '--timeout=60s']);
  await expect(controlPlane.kubectl(['get', 'namespace', namespace])).rejects.toThrow('not found');
});

test('what an object owned is removed after it', async () => {
  const namespace = await createNamespace(controlPlane);
  const of = ['--namespace', namespace];
  await controlPlane.kubectl(['create', 'configmap', 'owner', ...of]);
  const uid = await controlPlane.kubectl(['get', 'configmap', 'owner', '-o', 'jsonpath={.metadata.uid}', ...of]);
  const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid }];
  const owned = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'owned', namespace, ownerReferences } };
  await controlPlane.kubectl(['create', '-f', '-'], { input: JSON.stringify(owned) });
  await controlPlane.kubectl(['delete', 'configmap', 'owner', ...of]);
  await eventually(() =>
    expect(controlPlane.kubectl(['get', 'configmap', 'owned', ...of])).rejects.toThrow('not found'),
  );
});

describe("a service account's token", () => {
  let namespace: string;
  beforeAll(async () => {
    namespace = await createNamespace(controlPlane);
    await controlPlane.kubectl(['create', 'serviceaccount', 'reader', '--namespace', namespace]);
    const role = ['create', 'role', 'reader', '--verb=get,list', '--resource=configmaps', '--namespace', namespace];
    await controlPlane.kubectl(role);
    const account = `--serviceaccount=${namespace}:reader`;
    await controlPlane.kubectl(['create', 'rolebinding', 'reader', '--role=reader', account, '-n', namespace]);
  });

  test('opens what its role allows', async () => {
    const as = { namespace, name: 'reader' };
    expect(await controlPlane.kubectl(['auth', 'whoami'], { as })).toContain(
      `system:serviceaccount:${namespace}:reader`,
    );
    await eventually(() => controlPlane.kubectl(['get', 'configmaps', '--namespace', namespace], { as }));
  });

  test('opens nothing else', async () => {
    const as = { namespace, name: 'reader' };
    await expect(controlPlane.kubectl(['get', 'secrets', '-n', namespace], { as })).rejects.toThrow('Forbidden');
    await expect(controlPlane.kubectl(['get', 'configmaps', '-n', 'default'], { as })).rejects.toThrow('Forbidden');
  });
});

test('a pod that the restricted profile forbids is refused in a namespace that enforces it', async () => {
  const namespace = await createNamespace(controlPlane);
  await controlPlane.kubectl(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
  const run = ['run', 'root', '--image=example.test/root', '--privileged', '--dry-run=server', '-n', namespace];
  await expect(controlPlane.kubectl(run)).rejects.toThrow('violates PodSecurity');
});
