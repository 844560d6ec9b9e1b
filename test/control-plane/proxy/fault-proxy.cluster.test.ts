import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedControlPlane } from '../control-plane.js';
import { eventually } from '../../support/eventually.js';
import type { Access } from '../kubeconfig.js';
import { createNamespace } from '../namespace.js';
import { get, type Answer } from '../request.js';
import { sharedControlPlane } from '../shared.js';
import type { FaultProxy } from './fault-proxy.js';
import { openWatch, type OpenWatch } from './open-watch.js';

let controlPlane: SharedControlPlane;
let proxy: FaultProxy;
const throughProxy = (): Access => ({ url: proxy.url, ca: controlPlane.ca, token: controlPlane.token });
const ask = (path: string): Promise<Answer> => get(throughProxy(), path);
const namespaces = '/api/v1/namespaces';

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
});
beforeEach(async () => {
  proxy = await controlPlane.proxy();
});
afterEach(() => proxy.stop());

test('without faults everything passes, and is seen', async () => {
  const { kubeconfig } = proxy;
  expect(await controlPlane.kubectl(['get', 'namespaces', '-o', 'name'], { kubeconfig })).toContain(
    'namespace/default',
  );
  expect(proxy.requests).toContainEqual(expect.objectContaining({ method: 'GET', path: namespaces, watch: false }));
});

test('a service account gets through as itself', async () => {
  const kubeconfig = await proxy.kubeconfigFor({ namespace: 'default', name: 'default' });
  const who = await controlPlane.kubectl(['auth', 'whoami'], { kubeconfig });
  expect(who).toContain('system:serviceaccount:default:default');
});

test('the proxy answers in place of the server, as often as it is told', async () => {
  const fault = proxy.arm({ path: namespaces }, { kind: 'answer', status: 503 }, { skip: 1, times: 2 });
  const codes = [];
  for (let call = 0; call < 4; call += 1) codes.push((await ask(namespaces)).status);
  expect(codes).toEqual([200, 503, 503, 200]);
  expect(fault.hits).toBe(2);
});

test('headers and body of an answer can be given', async () => {
  const body = { kind: 'Status', code: 410, reason: 'Expired' };
  proxy.arm({ method: 'GET', path: /^\/api\/v1\// }, { kind: 'answer', status: 410, body });
  expect(await ask(namespaces)).toEqual({ status: 410, body: JSON.stringify(body) });
  expect((await ask('/apis')).status).toBe(200);
});

test('the proxy delays an answer', async () => {
  proxy.arm({ path: namespaces }, { kind: 'delay', milliseconds: 300 });
  const before = performance.now();
  expect((await ask(namespaces)).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThan(290);
});

describe('the proxy cuts', () => {
  const create = async (name: string): Promise<string> =>
    controlPlane.kubectl(['create', 'namespace', name], { kubeconfig: proxy.kubeconfig });
  const exists = async (name: string): Promise<boolean> =>
    (await controlPlane.kubectl(['get', 'namespace', name, '--ignore-not-found'])) !== '';

  test('before the server sees the request', async () => {
    const fault = proxy.arm({ method: 'POST', path: namespaces }, { kind: 'cut', at: 'before' });
    await expect(create('cut-before')).rejects.toThrow('EOF');
    expect(fault.hits).toBeGreaterThan(0);
    expect(await exists('cut-before')).toBe(false);
  });

  test('in the middle of the answer', async () => {
    proxy.arm({ method: 'GET', path: namespaces }, { kind: 'cut', at: 'during' });
    await expect(ask(namespaces)).rejects.toThrow('aborted');
  });

  test('after the server has done the work', async () => {
    proxy.arm({ method: 'POST', path: namespaces }, { kind: 'cut', at: 'after' }, { times: 1 });
    await expect(create('cut-after')).rejects.toThrow('EOF');
    expect(await exists('cut-after')).toBe(true);
  });
});

describe('the proxy leaves a request without an answer', () => {
  test('from the start', async () => {
    proxy.arm({ path: namespaces }, { kind: 'freeze', at: 'before' });
    await expect(Promise.race([ask(namespaces), sleep(500, 'silence')])).resolves.toBe('silence');
  });

  test('after the head of it', async () => {
    proxy.arm({ path: namespaces }, { kind: 'freeze', at: 'during' });
    const watch = await openWatch(throughProxy(), namespaces);
    await sleep(500);
    expect([watch.text(), watch.isOpen()]).toEqual(['', true]);
    watch.close();
  });
});

describe('through the proxy, a watch', () => {
  let watch: OpenWatch;
  beforeEach(async () => {
    watch = await openWatch(throughProxy(), namespaces);
  });
  afterEach(() => watch.close());

  test('gets events', async () => {
    const namespace = await createNamespace(controlPlane);
    await eventually(() => expect(watch.text()).toContain(namespace));
  });

  test('gets nothing once it is half-open, and stays open', async () => {
    expect(proxy.freeze({ watch: true, path: namespaces })).toBe(1);
    const namespace = await createNamespace(controlPlane);
    const another = await openWatch(throughProxy(), namespaces);
    await eventually(() => expect(another.text()).toContain(namespace));
    another.close();
    expect(watch.text()).not.toContain(namespace);
    expect(watch.isOpen()).toBe(true);
  });

  test('ends at once when it is cut', async () => {
    expect(proxy.cut({ watch: true })).toBe(1);
    await eventually(() => expect(watch.isOpen()).toBe(false));
  });
});
