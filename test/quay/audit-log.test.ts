import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Simulator, startSimulator } from '../../simulator/src/index.js';
import { createFeed, type Feed } from '../../src/feed/poll/index.js';
import { connectQuay, type Quay } from '../../src/quay/index.js';

const noon = Date.UTC(2026, 0, 31, 12);
const yesterday = noon - 86_400_000;

let simulator: Simulator;
let quay: Quay;
let feed: Feed;
let now = yesterday;

beforeEach(async () => {
  now = yesterday;
  simulator = await startSimulator({ clock: () => new Date(now) });
  quay = connected();
  for (const name of ['aaa', 'bbb', 'ccc'])
    await call('POST', '/organization/', { name, email: `${name}@example.com` });
  now = noon;
  feed = createFeed({ wallClock: () => now / 1000, clock: () => now / 1000 });
  await next();
});
afterEach(async () => {
  await quay.close();
  await simulator.close();
});

function connected(token = simulator.credentials.superuser ?? ''): Quay {
  return connectQuay({ url: simulator.url, token: () => token, delay: () => Promise.resolve() });
}

async function call(method: string, path: string, body?: object): Promise<void> {
  const authorization = `Bearer ${simulator.credentials.superuser ?? ''}`;
  const init = { method, headers: { authorization, 'content-type': 'application/json' } };
  await fetch(`${simulator.url}/api/v1${path}`, { ...init, ...(body && { body: JSON.stringify(body) }) });
}

async function next(): Promise<{ readonly found: readonly string[] | string; readonly calls: number }> {
  now += 600_000;
  const before = quay.calls.reads;
  const changes = await feed.next({ reader: 'one', log: quay.auditLog, username: 'admin' });
  const found = changes.type === 'Everything' ? changes.why : [...changes.organizations].sort();
  return { found, calls: quay.calls.reads - before };
}

describe('the audit log of a Quay', () => {
  test('proves itself by the day before, and says in one call that nothing has changed', async () => {
    expect(feed.standing()).toEqual({ trust: 'Trusted' });
    expect(await next()).toEqual({ found: [], calls: 1 });
  });

  test('names what has changed, whatever it is', async () => {
    await call('PUT', '/organization/aaa/robots/ci', {});
    await call('POST', '/repository', { namespace: 'bbb', repository: 'web', visibility: 'private', description: '' });
    expect(await next()).toEqual({ found: ['aaa', 'bbb'], calls: 2 });
    await call('PUT', '/superuser/organizations/bbb', { name: 'renamed' });
    await call('DELETE', '/organization/ccc');
    expect((await next()).found).toEqual(expect.arrayContaining(['bbb', 'renamed', 'ccc']));
    simulator.runGarbageCollector();
    expect(await next()).toEqual({ found: [], calls: 1 });
  });

  test('says nothing of who was removed from an organization, nor of a quota by a superuser', async () => {
    await call('DELETE', '/organization/aaa/members/admin');
    await call('POST', '/superuser/organization/aaa/quota', { limit_bytes: 1_000_000 });
    expect(await next()).toEqual({ found: [], calls: 1 });
  });

  test('is listed page by page', async () => {
    for (let robot = 0; robot < 45; robot += 1) await call('PUT', `/organization/aaa/robots/r${robot}`, {});
    expect(await next()).toEqual({ found: ['aaa'], calls: 4 });
  });

  test('that Quay cannot read is as good as none', async () => {
    const body = JSON.stringify({ aggregated: [], search_unavailable: true, message: 'no search token' });
    simulator.faults.inject({
      path: 'aggregatelogs',
      status: 200,
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(await next()).toEqual({ found: 'Unreadable', calls: 1 });
    expect(feed.standing()).toMatchObject({ trust: 'Doubted', message: expect.stringMatching(/cannot read it/) });
    expect((await next()).found).toBe('Beginning');
  });

  test.each([500, 502, 404])('is not relied on while it answers %d', async (status) => {
    simulator.faults.inject({ path: 'aggregatelogs', status, times: 20 });
    expect((await next()).found).toBe('Unreadable');
    simulator.faults.clear();
    expect((await next()).found).toBe('Beginning');
    expect((await next()).found).toEqual([]);
  });
});
