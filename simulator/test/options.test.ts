import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { InvalidOptions, readScenario, startSimulator } from '../src/index.js';
import { send } from './client.js';
import { simulators } from './running.js';

const start = simulators();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function file(content: unknown): Promise<string> {
  const path = join(folder, 'scenario.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('without options there is a superuser with all scopes', async () => {
  const simulator = await start();
  expect(Object.keys(simulator.credentials)).toEqual(['superuser']);
  const { body } = await send(simulator, 'GET /api/v1/user/');
  expect(body).toMatchObject({ username: 'admin', super_user: true });
});

test('a scenario file gives fixtures and features', async () => {
  const path = await file({
    fixtures: {
      users: [{ name: 'bob', email: 'bob@example.com' }],
      credentials: { user: { owner: 'bob', scopes: ['user:admin'] } },
    },
    features: { AUTO_PRUNE: false },
    steps: [{ step: 1 }],
  });
  const simulator = await start(await readScenario(path));
  const { body } = await send(simulator, 'GET /api/v1/user/', undefined, 'user');
  expect(body).toMatchObject({ username: 'bob', email: 'bob@example.com' });
  expect((await send(simulator, 'GET /config')).body).toMatchObject({ features: { AUTO_PRUNE: false } });
});

test('every recorded scenario can be read', async () => {
  const path = new URL('../../test/contract/quay-api/19-default-features.json', import.meta.url).pathname;
  const { fixtures, features } = await readScenario(path);
  expect(fixtures.users.map(({ name }) => name)).toContain('admin');
  expect(features).toMatchObject({ SUPERUSERS_FULL_ACCESS: false });
});

test('a missing file says how to go on', async () => {
  const reading = readScenario(join(folder, 'none.json'));
  await expect(reading).rejects.toThrow(InvalidOptions);
  await expect(reading).rejects.toMatchObject({ faults: [{ hint: expect.any(String) }] });
});

test.each([
  ['no JSON', '{', /not JSON/],
  ['a list', [], /a scenario is a JSON object/],
  ['no fixtures', {}, /fixtures\.users: must be a list/],
  ['a user without a name', { fixtures: { users: [{}], credentials: {} } }, /users\[0\]\.name: must be a string/],
  [
    'a credential without owner and scopes',
    { fixtures: { users: [], credentials: { a: {} } } },
    /credentials\.a\.owner[\s\S]*credentials\.a\.scopes/,
  ],
  [
    'a credential of nobody',
    { fixtures: { users: [], credentials: { a: { owner: 'bob', scopes: [] } } } },
    /there is no user "bob"/,
  ],
  [
    'a flag that is none',
    { fixtures: { users: [], credentials: {} }, features: { X: 1 } },
    /features\.X: must be true/,
  ],
])('%s is refused', async (_, content, message) => {
  const reading = readScenario(await file(content));
  await expect(reading).rejects.toThrow(InvalidOptions);
  await expect(reading).rejects.toThrow(message);
});

test('options are checked before anything listens', async () => {
  await expect(startSimulator({ port: 70_000 })).rejects.toThrow(/port: 70000 is not a port/);
  const fixtures = { users: [{ name: 'a' }, { name: 'a' }], credentials: {} };
  await expect(startSimulator({ fixtures })).rejects.toThrow(/two users "a"/);
});

test('the first user of an empty registry is made by a call, with a token for two and a half hours', async () => {
  let now = new Date('2026-11-21T00:00:00Z');
  const simulator = await start({ fixtures: { users: [], credentials: {} }, clock: () => now });
  const made = await send(simulator, 'POST /api/v1/user/initialize', {
    username: 'admin',
    password: 'long-enough',
    access_token: true,
  });
  expect(made.status).toBe(200);
  const { access_token: token } = made.body as { access_token: string };
  const self = { url: simulator.url, credentials: { superuser: token } };
  expect((await send(self, 'GET /api/v1/user/')).body).toMatchObject({ super_user: true });
  now = new Date('2026-11-21T02:30:01Z');
  expect((await send(self, 'GET /api/v1/user/')).status).toBe(401);
  const again = await send(simulator, 'POST /api/v1/user/initialize', { username: 'x1', password: 'long-enough' });
  expect(again.status).toBe(400);
});
