import { expect, test } from '@jest/globals';
import { createOrganization, send } from './client.js';
import { simulators } from './running.js';

const start = simulators();

test('answers the chosen request with the chosen status, body and headers', async () => {
  const simulator = await start();
  simulator.faults.inject({
    method: 'GET',
    path: '/organization/acme$',
    after: 1,
    status: 429,
    body: '<html>slow down</html>',
    headers: { 'retry-after': '3' },
  });
  await createOrganization(simulator, 'acme');
  expect((await send(simulator, 'GET /api/v1/organization/acme')).status).toBe(200);
  const limited = await send(simulator, 'GET /api/v1/organization/acme');
  expect(limited).toMatchObject({ status: 429, body: '<html>slow down</html>', headers: { 'retry-after': '3' } });
  expect(limited.headers['content-type']).toBe('text/html');
  expect((await send(simulator, 'GET /api/v1/organization/acme')).status).toBe(200);
});

test('a request that meets a fault takes no effect', async () => {
  const simulator = await start();
  simulator.faults.inject({ method: 'POST', status: 502 });
  expect((await send(simulator, 'POST /api/v1/organization/', { name: 'acme' })).status).toBe(502);
  expect((await send(simulator, 'GET /api/v1/organization/acme')).status).toBe(404);
});

test('unless the fault comes after it', async () => {
  const simulator = await start();
  simulator.faults.inject({ method: 'POST', status: 504, when: 'after' });
  expect((await send(simulator, 'POST /api/v1/organization/', { name: 'acme' })).status).toBe(504);
  expect((await send(simulator, 'GET /api/v1/organization/acme')).status).toBe(200);
});

test.each([
  ['before', 404],
  ['after', 200],
] as const)('cuts the connection %s the request is handled', async (when, status) => {
  const simulator = await start();
  simulator.faults.inject({ method: 'POST', reset: true, when });
  await expect(send(simulator, 'POST /api/v1/organization/', { name: 'acme' })).rejects.toThrow();
  expect((await send(simulator, 'GET /api/v1/organization/acme')).status).toBe(status);
});

test('cuts JSON in half', async () => {
  const simulator = await start();
  simulator.faults.inject({ path: '^/config$', truncate: true });
  const { status, body } = await send(simulator, 'GET /config');
  expect(status).toBe(200);
  expect(body).toEqual(expect.stringMatching(/^\{"config"/));
});

test('delays one request and then handles it', async () => {
  const simulator = await start();
  simulator.faults.inject({ delayMs: 60 });
  const before = performance.now();
  expect((await send(simulator, 'GET /config')).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(55);
});

test('rules apply in the order in which they came, and can be dropped', async () => {
  const simulator = await start();
  simulator.faults.inject({ status: 500 });
  simulator.faults.inject({ status: 503, times: 5 });
  expect((await send(simulator, 'GET /config')).status).toBe(500);
  expect((await send(simulator, 'GET /config')).status).toBe(503);
  simulator.faults.clear();
  expect((await send(simulator, 'GET /config')).status).toBe(200);
});
