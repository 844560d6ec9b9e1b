import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from '@jest/globals';
import { limits } from '../../src/limits/index.js';
import { createMetrics, type Health, type Operations, startOperations } from '../../src/process/index.js';

const open: Operations[] = [];

afterEach(async () => {
  for (const operations of open.splice(0)) await operations.close();
});

async function serve(health: Partial<Health> = {}, render?: () => Promise<string>) {
  const metrics = createMetrics();
  const errors: unknown[] = [];
  const operations = await startOperations({
    listen: '127.0.0.1:0',
    metrics: render === undefined ? metrics : { ...metrics, render },
    health: { live: () => undefined, ready: () => undefined, ...health },
    log: { error: (fields: unknown) => void errors.push(fields) },
  });
  open.push(operations);
  const ask = async (path: string, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${operations.port}${path}`, { method });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return { ask, errors, metrics, operations };
}

test('metrics are given in the format of Prometheus', async () => {
  const { ask, metrics } = await serve();
  metrics.leader.set(1);
  const { status, text, headers } = await ask('/metrics');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(text).toMatch(/^quayside_leader 1$/m);
});

describe('health', () => {
  test('is ok, or the reason in words', async () => {
    let reason: string | undefined = 'namespaces: the list has not been read yet';
    const { ask } = await serve({ ready: () => reason });
    expect(await ask('/livez')).toMatchObject({ status: 200, text: 'ok\n' });
    expect(await ask('/readyz')).toMatchObject({ status: 503, text: 'namespaces: the list has not been read yet\n' });
    reason = undefined;
    expect(await ask('/readyz?verbose')).toMatchObject({ status: 200, text: 'ok\n' });
  });

  test('that cannot be found out is not ok, and the log says why', async () => {
    const failure = new Error('password is canary');
    const { ask, errors } = await serve({
      live: () => {
        throw failure;
      },
    });
    const { status, text } = await ask('/livez');
    expect(status).toBe(500);
    expect(text).not.toContain('canary');
    expect(errors).toEqual([{ err: failure, path: '/livez' }]);
  });

  test('is served while metrics fail', async () => {
    const { ask, errors } = await serve({}, () => Promise.reject(new Error('no')));
    expect(await ask('/metrics')).toMatchObject({ status: 500 });
    expect(await ask('/readyz')).toMatchObject({ status: 200 });
    expect(errors).toHaveLength(1);
  });
});

describe('a request', () => {
  test('by HEAD gets the same without the text', async () => {
    const { ask } = await serve({ ready: () => 'not yet' });
    const { status, text, headers } = await ask('/readyz', 'HEAD');
    expect([status, text, headers.get('content-length')]).toEqual([503, '', '8']);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('by %s is refused', async (method) => {
    const { ask } = await serve();
    const { status, headers } = await ask('/metrics', method);
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test.each(['/', '//', '/metrics/', '/__proto__', '/livez%2f', '/debug'])(
    'for %s finds nothing, and hears what there is',
    async (path) => {
      const { ask } = await serve();
      expect(await ask(path)).toMatchObject({
        status: 404,
        text: expect.stringContaining('/livez, /readyz, /metrics'),
      });
    },
  );

  test('that is no HTTP does not hurt', async () => {
    const { ask, operations } = await serve();
    const socket = connect(operations.port, '127.0.0.1').resume();
    socket.write('\u0016\u0003\u0001 hello\r\n\r\n');
    await once(socket, 'close');
    expect(await ask('/livez')).toMatchObject({ status: 200 });
  });

  test('of more connections than are taken closes one that was idle, and is answered', async () => {
    const { ask, operations } = await serve();
    const idle = Array.from({ length: limits.operationsConnections }, () => connect(operations.port, '127.0.0.1'));
    idle.forEach((socket) => socket.on('error', () => undefined).resume());
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    const closed = Promise.race(idle.map((socket) => once(socket, 'close')));
    expect(await ask('/livez')).toMatchObject({ status: 200 });
    await closed;
    idle.forEach((socket) => socket.destroy());
  });

  test('that never ends does not keep the server from closing', async () => {
    const { operations } = await serve();
    const socket = connect(operations.port, '127.0.0.1').resume();
    socket.on('error', () => undefined).write('GET /livez HTTP/1.1\r\n');
    await once(socket, 'connect');
    const before = performance.now();
    await operations.close();
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

test('a port that is in use is reported with a hint', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const started = startOperations({
    listen: `127.0.0.1:${port}`,
    metrics: createMetrics(),
    health: { live: () => undefined, ready: () => undefined },
    log: { error: () => undefined },
  }).finally(() => other.close());
  await expect(started).rejects.toMatchObject({
    code: 'ListenFailed',
    retryable: false,
    message: `cannot listen on 127.0.0.1, port ${port}`,
    hint: expect.stringContaining('another port'),
  });
});

const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

// There are machines, containers most of all, without it.
(hasIPv6 ? test : test.skip)('it listens on IPv6 as well', async () => {
  const operations = await startOperations({
    listen: '[::1]:0',
    metrics: createMetrics(),
    health: { live: () => undefined, ready: () => undefined },
    log: { error: () => undefined },
  });
  open.push(operations);
  expect((await fetch(`http://[::1]:${operations.port}/livez`)).status).toBe(200);
});
