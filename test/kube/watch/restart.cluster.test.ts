import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { objectOrEmpty } from '../../../src/json/index.js';
import { type Reflector } from '../../../src/kube/watch/cache.js';
import { createReflector } from '../../../src/kube/watch/reflector.js';
import { type ControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../support/eventually.js';
import { createNamespace } from '../../control-plane/namespace.js';
import { type FaultProxy } from '../../control-plane/proxy/fault-proxy.js';
import { startControlPlane } from '../../control-plane/start.js';
import { clientAt } from '../../support/client-at.js';

let controlPlane: ControlPlane;
let proxy: FaultProxy;
let client: KubeClient;
let namespace: string;
const reasons: string[] = [];
const waits: number[] = [];
let reflector: Reflector<string>;

beforeAll(async () => {
  controlPlane = await startControlPlane();
  proxy = await controlPlane.proxy();
  client = clientAt(proxy.kubeconfig);
  namespace = await createNamespace(controlPlane);
  reflector = createReflector(
    client,
    {
      resource: 'configmaps',
      path: '/api/v1/configmaps',
      keep: ({ metadata }) => String(objectOrEmpty(metadata).name),
    },
    {
      onRestart: ({ reason, wait }) => {
        reasons.push(reason);
        waits.push(wait);
      },
    },
  );
  reflector.start();
  await reflector.filled();
});
afterAll(async () => {
  await reflector.stop();
  await client.close();
  await proxy.stop();
  await controlPlane.stop();
});

const seen = (): readonly string[] => reflector.cache.list(namespace);
const create = (name: string): Promise<unknown> =>
  controlPlane.edits.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });

test('an API server that was away is back within five seconds', async () => {
  await create('before');
  await eventually(() => expect(seen()).toContain('before'));
  await controlPlane.restartApiServer();
  await create('after');
  await eventually(() => expect(seen()).toContain('after'));
  // It never let more than that pass without asking.
  expect(Math.max(...waits)).toBeLessThan(5_000);
  expect(reflector.cache.fault()).toBeUndefined();
  expect(reasons).toContain('unreachable');
});

test('an API server that came back without its memory is listed again: what was removed meanwhile is gone', async () => {
  reasons.length = 0;
  const away = proxy.arm({ watch: true, path: '/api/v1/configmaps' }, { kind: 'cut', at: 'before' });
  proxy.cut({ watch: true });
  await create('meanwhile');
  await controlPlane.edits.delete('configmap', 'before', '-n', namespace);
  await controlPlane.restartApiServer();
  expect(reflector.cache.listing().known).toBe(false);
  expect(seen()).toContain('before');
  away.lift();
  await eventually(() => expect(seen()).toEqual(expect.arrayContaining(['meanwhile', 'after'])));
  expect(seen()).not.toContain('before');
  expect(reasons).toContain('expired');
});
