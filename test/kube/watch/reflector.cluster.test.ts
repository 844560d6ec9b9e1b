import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { type Fields, objectOrEmpty, textsOf } from '../../../src/json/index.js';
import { type Reflector } from '../../../src/kube/watch/cache.js';
import { type ReflectorOptions, type WatchRequest } from '../../../src/kube/watch/options.js';
import { createReflector } from '../../../src/kube/watch/reflector.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../support/eventually.js';
import { createNamespace } from '../../control-plane/namespace.js';
import { type FaultProxy } from '../../control-plane/proxy/fault-proxy.js';
import { sharedControlPlane } from '../../control-plane/shared.js';
import { clientAt } from '../../support/client-at.js';

interface Kept {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  readonly metadata: Fields;
}

let controlPlane: SharedControlPlane;
let proxy: FaultProxy;
let direct: KubeClient;
let client: KubeClient;
let namespace: string;
const running: Reflector<unknown>[] = [];

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  direct = clientAt(controlPlane.kubeconfig);
});
beforeEach(async () => {
  namespace = await createNamespace(controlPlane, 'watch');
  proxy = await controlPlane.proxy();
  client = clientAt(proxy.kubeconfig, 'reflector-test');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await client.close();
  await proxy.stop();
});

const path = (): string => `/api/v1/namespaces/${namespace}/configmaps`;
const watches = (): object => ({ watch: true, path: path() });
const create = async (name: string, labels: Fields = {}): Promise<void> => {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data: { big: 'x'.repeat(100) } };
  const answer = await direct.call({ verb: 'create', resource: 'configmaps', path: path(), body });
  expect(answer.status).toBe(201);
};
const remove = async (name: string): Promise<void> => {
  const answer = await direct.call({ verb: 'delete', resource: 'configmaps', path: `${path()}/${name}` });
  expect(answer.status).toBe(200);
};

function reflect(
  request: Partial<WatchRequest<Kept>> = {},
  options: ReflectorOptions = {},
): { reflector: Reflector<Kept>; keys: string[]; reasons: string[]; has: (...names: string[]) => Promise<void> } {
  const keys: string[] = [];
  const reasons: string[] = [];
  const reflector = createReflector<Kept>(
    client,
    {
      resource: 'configmaps',
      path: path(),
      keep: ({ metadata, data }) => ({
        name: String(objectOrEmpty(metadata).name),
        data: textsOf(data),
        metadata: objectOrEmpty(metadata),
      }),
      ...request,
    },
    { onRestart: ({ reason }) => reasons.push(reason), ...options },
  );
  reflector.subscribe((key) => keys.push(key));
  reflector.start();
  running.push(reflector);
  const has = async (...names: string[]): Promise<void> =>
    eventually(() => {
      const found = reflector.cache.list().map(({ name }) => name);
      expect(found.sort()).toEqual(names.sort());
    });
  return { reflector, keys, reasons, has };
}

test('the reflector lists objects, and gets what is added, changed and removed', async () => {
  await create('one');
  const { reflector, keys, has } = reflect();
  await reflector.filled();
  await has('one');
  await create('two');
  await remove('one');
  await has('two');
  expect(keys).toEqual([`${namespace}/one`, `${namespace}/two`, `${namespace}/one`]);
  expect(reflector.cache.get(`${namespace}/two`)?.metadata).not.toHaveProperty('managedFields');
  expect(reflector.cache.list(namespace)).toHaveLength(1);
  expect(reflector.cache.list('another')).toEqual([]);
});

test('the reflector reads a list of more than a page', async () => {
  const names = Array.from({ length: 620 }, (_, at) => `many-${at}`);
  for (let at = 0; at < names.length; at += 40) await Promise.all(names.slice(at, at + 40).map((name) => create(name)));
  const { reflector } = reflect();
  await reflector.filled();
  expect(reflector.cache.size()).toBeGreaterThanOrEqual(620);
  expect(proxy.requests.filter(({ query }) => query.get('limit') === '500')).toHaveLength(2);
});

test('the reflector reads only what is selected, and of that the metadata', async () => {
  await create('one', { mine: 'yes' });
  await create('two');
  const { reflector, has } = reflect({ labelSelector: 'mine=yes', light: true });
  await reflector.filled();
  await create('three', { mine: 'yes' });
  await has('one', 'three');
  expect(reflector.cache.list().map(({ data }) => data)).toEqual([{}, {}]);
  const other = reflect({ fieldSelector: 'metadata.name=two' });
  await other.has('two');
});

test('the reflector appears in the audit log under its own name, with one list and one watch', async () => {
  await controlPlane.audit.reset();
  const { reflector, has } = reflect();
  await reflector.filled();
  await create('one');
  await has('one');
  const asked = await controlPlane.audit.counts({ userAgent: 'reflector-test', namespace });
  expect(asked).toEqual({ 'list configmaps': 1, 'watch configmaps': 1 });
});

describe('when the watch', () => {
  test('is cut, nothing is missed', async () => {
    const { reflector, reasons, has } = reflect();
    await reflector.filled();
    await eventually(() => expect(proxy.cut(watches())).toBe(1));
    await create('one');
    await has('one');
    expect(reasons).toEqual(['unreachable']);
    expect(proxy.requests.filter((request) => !request.watch && request.path === path())).toHaveLength(1);
  });

  test('is half-open, that is noticed', async () => {
    const { reflector, reasons, has } = reflect({}, { idleMilliseconds: 1_000 });
    await reflector.filled();
    await eventually(() => expect(proxy.freeze(watches())).toBe(1));
    await create('one');
    await has('one');
    expect(reasons[0]).toBe('silent');
  });

  test('gets no answer at all, that is noticed as well', async () => {
    proxy.arm({ watch: true, path: path() }, { kind: 'freeze', at: 'before' }, { times: 1 });
    const { reflector, reasons, has } = reflect({}, { idleMilliseconds: 1_000 });
    await reflector.filled();
    await create('one');
    await has('one');
    expect(reasons[0]).toBe('silent');
  });

  test('is cut in the middle of an event', async () => {
    proxy.arm({ watch: true, path: path() }, { kind: 'cut', at: 'during' }, { times: 1 });
    const { reflector, reasons, has } = reflect();
    await reflector.filled();
    await wait(300);
    await create('one');
    await has('one');
    expect(reasons).toEqual(['unreachable']);
  });

  test('is too old, all is listed anew: what went meanwhile is gone', async () => {
    await create('one');
    const { reflector, keys, reasons, has } = reflect();
    await has('one');
    await eventually(() => expect(proxy.freeze(watches())).toBe(1));
    const fault = proxy.arm({ watch: true, path: path() }, { kind: 'answer', status: 410 }, { times: 1 });
    await remove('one');
    await create('two');
    proxy.cut(watches());
    await has('two');
    expect(fault.hits).toBe(1);
    expect(reasons).toEqual(['unreachable', 'expired']);
    expect(keys.slice(-2).sort()).toEqual([`${namespace}/one`, `${namespace}/two`]);
    expect(reflector.cache.fault()).toBeUndefined();
  });

  test.each([429, 500, 503, 504])('is refused with %i, that passes', async (status) => {
    const headers = { 'retry-after': '1' };
    const fault = proxy.arm({ watch: true, path: path() }, { kind: 'answer', status, headers }, { times: 2 });
    const { reflector, has } = reflect();
    await reflector.filled();
    await eventually(() => expect(reflector.cache.fault()).toContain(String(status)));
    await create('one');
    await has('one');
    expect(fault.hits).toBe(2);
    expect(reflector.cache.listing().known).toBe(true);
  });
});

describe('when the list', () => {
  test.each([429, 500, 503])('answers %i, it is unknown until it answers', async (status) => {
    await create('one');
    const fault = proxy.arm({ watch: false, path: path() }, { kind: 'answer', status });
    const { reflector, has } = reflect();
    await eventually(() => expect(reflector.cache.fault()).toContain(String(status)));
    expect(reflector.cache.listing().known).toBe(false);
    fault.lift();
    await has('one');
    expect(reflector.cache.listing().known).toBe(true);
  });

  test('is cut in the middle, it is read again', async () => {
    await create('one');
    proxy.arm({ watch: false, path: path() }, { kind: 'cut', at: 'during' }, { times: 2 });
    const { reasons, has } = reflect();
    await has('one');
    expect(reasons).toEqual(['unreachable', 'unreachable']);
  });
});

test('an account that may not list is reported, and works as soon as it may', async () => {
  const as = { namespace, name: 'default' };
  const other = clientAt(await proxy.kubeconfigFor(as));
  const reflector = createReflector(other, { resource: 'configmaps', path: path(), keep: () => 1 });
  running.push(reflector);
  reflector.start();
  await eventually(() => expect(reflector.cache.fault()).toContain('cannot list resource "configmaps"'));
  const role = ['create', 'role', 'reader', '--verb=list,watch', '--resource=configmaps', '-n', namespace];
  await controlPlane.kubectl(role);
  const account = `--serviceaccount=${namespace}:default`;
  await controlPlane.kubectl(['create', 'rolebinding', 'reader', '--role=reader', account, '-n', namespace]);
  await eventually(() => expect(reflector.cache.synced()).toBe(true));
  await reflector.stop();
  await other.close();
});
