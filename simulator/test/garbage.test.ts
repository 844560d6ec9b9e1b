import { expect, test } from '@jest/globals';
import { createOrganization, createRepository, send } from './client.js';
import { simulators } from './running.js';

const start = simulators();

test('a deleted organization blocks its name until the garbage collector ran', async () => {
  const simulator = await start();
  await createOrganization(simulator, 'acme');
  await createRepository(simulator, 'acme', 'app');
  await send(simulator, 'DELETE /api/v1/organization/acme');
  const blocked = await send(simulator, 'POST /api/v1/organization/', { name: 'acme' });
  expect(blocked).toMatchObject({ status: 400, body: { detail: 'Username is not available' } });
  expect(simulator.runGarbageCollector()).toEqual({ namespaces: 1, repositories: 1 });
  expect((await send(simulator, 'POST /api/v1/organization/', { name: 'acme' })).status).toBe(201);
  expect(simulator.runGarbageCollector()).toEqual({ namespaces: 0, repositories: 0 });
});

test('for ever where the collection of namespaces is off', async () => {
  const simulator = await start({ features: { NAMESPACE_GARBAGE_COLLECTION: false } });
  await createOrganization(simulator, 'acme');
  await send(simulator, 'DELETE /api/v1/organization/acme');
  simulator.runGarbageCollector();
  expect((await send(simulator, 'POST /api/v1/organization/', { name: 'acme' })).status).toBe(400);
});

test('a deleted repository haunts permission lists under a uuid, and no other list', async () => {
  const simulator = await start();
  await createOrganization(simulator, 'acme');
  await send(simulator, 'PUT /api/v1/organization/acme/team/devs', { role: 'member' });
  await createRepository(simulator, 'acme', 'app');
  await send(simulator, 'PUT /api/v1/repository/acme/app/permissions/team/devs', { role: 'read' });
  await send(simulator, 'DELETE /api/v1/repository/acme/app');
  const haunted = await send(simulator, 'GET /api/v1/organization/acme/team/devs/permissions');
  expect(haunted.body).toEqual({
    permissions: [{ repository: { name: expect.stringMatching(/^[0-9a-f-]{36}$/), is_public: false }, role: 'read' }],
  });
  for (const query of ['namespace=acme', 'public=true']) {
    expect((await send(simulator, `GET /api/v1/repository?${query}`)).body).toEqual({ repositories: [] });
  }
  simulator.runGarbageCollector();
  const clean = await send(simulator, 'GET /api/v1/organization/acme/team/devs/permissions');
  expect(clean.body).toEqual({ permissions: [] });
});

test('a snapshot brings everything back, and later changes do not reach it', async () => {
  const simulator = await start();
  await createOrganization(simulator, 'acme');
  const snapshot = simulator.snapshot();
  await send(simulator, 'DELETE /api/v1/organization/acme');
  await createOrganization(simulator, 'other');
  simulator.restore(snapshot);
  await createRepository(simulator, 'acme', 'app');
  simulator.restore(snapshot);
  expect((await send(simulator, 'GET /api/v1/organization/acme')).status).toBe(200);
  expect((await send(simulator, 'GET /api/v1/organization/other')).status).toBe(404);
  expect((await send(simulator, 'GET /api/v1/repository?namespace=acme')).body).toEqual({ repositories: [] });
});
