import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespace } from './namespace.js';
import { get } from './request.js';
import { startControlPlane, type Started } from './start.js';

let controlPlane: Started;
beforeEach(async () => {
  controlPlane = await startControlPlane();
});
afterEach(() => controlPlane.stop());

test('a restarted API server is at the same address and has the same data', async () => {
  const namespace = await createNamespace(controlPlane);
  const token = await controlPlane.tokenFor({ namespace, name: 'default' });
  await controlPlane.restartApiServer();
  const { url, ca } = controlPlane;
  expect((await get({ url, ca, token }, '/api')).status).toBe(200);
  expect(await controlPlane.kubectl(['get', 'namespace', namespace, '-o', 'name'])).toBe(`namespace/${namespace}\n`);
  await controlPlane.audit.reset();
  await controlPlane.kubectl(['get', 'namespace', namespace]);
  expect(await controlPlane.audit.counts({ verb: 'get', resource: 'namespaces' })).toEqual({ 'get namespaces': 1 });
});

test('a stopped control plane leaves nothing but the logs that were asked for', async () => {
  const logs = join(tmpdir(), `control-plane-logs-${process.pid}`);
  await controlPlane.stop({ keepLogsIn: logs });
  await expect(get(controlPlane, '/readyz')).rejects.toThrow('ECONNREFUSED');
  expect(existsSync(controlPlane.connection.folder)).toBe(false);
  expect(await readdir(logs)).toEqual(['audit.log', 'etcd.log', 'kube-apiserver.log', 'kube-controller-manager.log']);
  await rm(logs, { recursive: true });
});
