import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { start, type Running } from '../support/quayside.js';

interface Addresses {
  readonly url: string;
  readonly control: string;
  readonly credentials: Readonly<Record<string, string>>;
}

let folder: string;
let running: Running | undefined;

beforeEach(async () => {
  folder = await mkdtemp(`${tmpdir()}/quayside-test-`);
});

afterEach(async () => {
  running?.kill();
  await running?.finished;
  await rm(folder, { recursive: true });
});

async function simulate(...args: readonly string[]): Promise<Addresses> {
  running = start(['simulate', ...args], { cwd: folder });
  return JSON.parse(await running.line(/^(\{.*\})$/m)) as Addresses;
}

const call = async (address: string, token?: string) =>
  fetch(address, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

test('simulate has an administrator with a token for everything', async () => {
  const { url, credentials } = await simulate('--port', '0');
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const answer = await call(`${url}/api/v1/user/`, credentials.superuser);
  expect(await answer.json()).toMatchObject({ username: 'admin', super_user: true });
});

test('simulate takes users, tokens and features from a scenario file', async () => {
  const scenario = resolve(import.meta.dirname, '../contract/quay-api/20-team-invites.json');
  const { url, credentials } = await simulate('--scenario', scenario);
  expect(Object.keys(credentials)).toEqual(['superuser']);
  const { features } = (await (await call(`${url}/config`)).json()) as { features: Record<string, boolean> };
  expect(features).toMatchObject({ MAILING: true, REQUIRE_TEAM_INVITE: true });
});

test('the control server counts, delays and collects garbage', async () => {
  const { url, control, credentials } = await simulate();
  await call(`${url}/api/v1/user/`, credentials.superuser);
  expect(await (await fetch(`${control}/requests`)).json()).toEqual({
    total: 1,
    writes: 0,
    byRoute: { 'GET /api/v1/user/': 1 },
  });
  expect((await fetch(`${control}/latency`, { method: 'POST', body: '{"ms": 200}' })).ok).toBe(true);
  const before = performance.now();
  await call(`${url}/config`);
  expect(performance.now() - before).toBeGreaterThanOrEqual(195);
  expect((await fetch(`${control}/run-garbage-collector`, { method: 'POST' })).ok).toBe(true);
});

test('simulate exits 0 on SIGTERM', async () => {
  await simulate();
  running?.kill('SIGTERM');
  expect(await running?.finished).toMatchObject({ code: 0, stderr: '' });
});

test('a scenario file that is not there is named', async () => {
  const { code, stderr } = await start(['simulate', '--scenario', 'nowhere.json'], { cwd: folder }).finished;
  expect(code).toBe(1);
  expect(stderr).toContain('nowhere.json');
});
