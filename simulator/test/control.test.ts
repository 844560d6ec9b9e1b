import { expect, test } from '@jest/globals';
import { createOrganization, send } from './client.js';
import { simulators } from './running.js';

const start = simulators();

test('counts requests by method and route, writes apart', async () => {
  const simulator = await start();
  const control = { url: simulator.control, credentials: {} };
  await createOrganization(simulator, 'acme');
  await send(simulator, 'GET /api/v1/organization/acme');
  await send(simulator, 'GET /api/v1/organization/acme?x=1');
  await send(simulator, 'DELETE /api/v1/repository/acme/nested/name');
  await send(simulator, 'GET /api/v1/nothing');
  expect((await send(control, 'GET /requests')).body).toEqual({
    total: 5,
    writes: 2,
    byRoute: {
      'POST /api/v1/organization/': 1,
      'GET /api/v1/organization/{org}': 2,
      'DELETE /api/v1/repository/{repository}': 1,
      'GET (no route)': 1,
    },
  });
  expect(simulator.requests.writes().map(({ path }) => path)).toEqual([
    '/api/v1/organization/',
    '/api/v1/repository/acme/nested/name',
  ]);
  expect((await send(control, 'GET /requests/list')).body).toEqual(simulator.requests.list());
});

test('forgets the requests when told to', async () => {
  const simulator = await start();
  const control = { url: simulator.control, credentials: {} };
  await send(simulator, 'GET /config');
  expect((await send(control, 'DELETE /requests')).status).toBe(204);
  expect((await send(control, 'GET /requests')).body).toEqual({ total: 0, writes: 0, byRoute: {} });
});

test('runs the garbage collector', async () => {
  const simulator = await start();
  const control = { url: simulator.control, credentials: {} };
  await createOrganization(simulator, 'acme');
  await send(simulator, 'DELETE /api/v1/organization/acme');
  const answer = await send(control, 'POST /run-garbage-collector');
  expect(answer.body).toEqual({ namespaces: 1, repositories: 0 });
});

test('delays every answer', async () => {
  const simulator = await start();
  const control = { url: simulator.control, credentials: {} };
  expect((await send(control, 'POST /latency', { ms: 60 })).status).toBe(204);
  const before = performance.now();
  await send(simulator, 'GET /config');
  expect(performance.now() - before).toBeGreaterThanOrEqual(55);
});

test('puts its clock forward', async () => {
  const simulator = await start({ clock: () => new Date('2026-01-31T23:59:00Z') });
  const control = { url: simulator.control, credentials: {} };
  expect((await send(control, 'POST /clock', { seconds: 90 })).status).toBe(204);
  const { headers } = await fetch(`${simulator.url}/config`);
  expect(headers.get('date')).toBe('Sun, 01 Feb 2026 00:00:30 GMT');
});

test('takes and drops faults', async () => {
  const simulator = await start();
  const control = { url: simulator.control, credentials: {} };
  await send(control, 'POST /faults', { path: '^/config', status: 502, times: 2 });
  expect((await send(simulator, 'GET /config')).status).toBe(502);
  await send(control, 'DELETE /faults');
  expect((await send(simulator, 'GET /config')).status).toBe(200);
});

test.each([
  ['POST /latency', { ms: 'soon' }],
  ['POST /latency', { ms: -1 }],
  ['POST /clock', { seconds: -1 }],
  ['POST /faults', { path: '(' }],
  ['POST /faults', 7],
])('refuses %s %j', async (operation, body) => {
  const simulator = await start();
  const answer = await send({ url: simulator.control, credentials: {} }, operation, body);
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ message: expect.any(String) });
});

test('knows no other operation', async () => {
  const simulator = await start();
  expect((await send({ url: simulator.control, credentials: {} }, 'GET /nothing')).status).toBe(404);
});
