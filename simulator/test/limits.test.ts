import { expect, test } from '@jest/globals';
import { createOrganization, createRepository, send } from './client.js';
import { simulators } from './running.js';

const start = simulators();

test('organization and robot share 255 characters', async () => {
  const simulator = await start();
  const organization = 'o'.repeat(200);
  await createOrganization(simulator, organization);
  const put = (length: number): ReturnType<typeof send> =>
    send(simulator, `PUT /api/v1/organization/${organization}/robots/${'r'.repeat(length)}`, {});
  expect((await put(54)).status).toBe(201);
  expect(await put(55)).toMatchObject({ status: 400, body: { message: expect.stringContaining('255') } });
});

test.each([
  [255, 201],
  [256, 400],
])('a repository name of %d characters answers %d', async (length, status) => {
  const simulator = await start();
  await createOrganization(simulator, 'acme');
  const name = `a/${'b'.repeat(length - 2)}`;
  const body = { namespace: 'acme', repository: name, visibility: 'private', description: '' };
  expect((await send(simulator, 'POST /api/v1/repository', body)).status).toBe(status);
});

test('segments in repository names need their feature', async () => {
  const simulator = await start({ features: { EXTENDED_REPOSITORY_NAMES: false } });
  await createOrganization(simulator, 'acme');
  const body = { namespace: 'acme', repository: 'a/b', visibility: 'private', description: '' };
  expect(await send(simulator, 'POST /api/v1/repository', body)).toMatchObject({
    status: 400,
    body: { detail: 'Invalid repository name' },
  });
});

test('what is not ASCII in a repository path is transliterated', async () => {
  const simulator = await start();
  await createOrganization(simulator, 'acme');
  await createRepository(simulator, 'acme', 'u');
  expect((await send(simulator, 'GET /api/v1/repository/acme/%C3%BC')).body).toMatchObject({ name: 'u' });
});
