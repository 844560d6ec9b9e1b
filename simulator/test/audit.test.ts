import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rules } from '../src/audit/record.js';
import { featuresWith } from '../src/features.js';
import { routesFor } from '../src/route-table.js';
import { type Simulator, startSimulator } from '../src/index.js';

let simulator: Simulator;
let now = Date.UTC(2026, 0, 1, 23, 59, 30);

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1, 23, 59, 30);
  simulator = await startSimulator({ clock: () => new Date(now) });
});
afterEach(() => simulator.close());

async function call(method: string, path: string, body?: object): Promise<unknown> {
  const authorization = `Bearer ${simulator.credentials.superuser ?? ''}`;
  const answer = await fetch(`${simulator.url}/api/v1${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

describe('the audit log of the simulator', () => {
  test('has a rule only for routes that there are', () => {
    const matcher = routesFor(featuresWith({ MAILING: true, TEAM_SYNCING: true, PROXY_CACHE: true, ORG_MIRROR: true }));
    const unknown = Object.keys(rules).filter((key) => {
      const [method = '', template = ''] = key.split(' ');
      const path = template.replace('{repository}', 'a/b').replaceAll(/\{[^}]+\}/g, 'x');
      const found = matcher(path.split('/').slice(1));
      return !found.some(({ route }) => route.template === template && Object.hasOwn(route.methods, method));
    });
    expect(unknown).toEqual([]);
  });

  test('counts by day, and lists across midnight without a seam', async () => {
    await call('POST', '/organization/', { name: 'shop', email: 'shop@example.com' });
    now += 60_000;
    await call('PUT', '/organization/shop/robots/ci', {});
    const counts = await call('GET', '/superuser/aggregatelogs?starttime=01/01/2026&endtime=01/02/2026');
    expect(counts).toEqual({
      aggregated: [
        { kind: 'create_robot', count: 1, datetime: 'Fri, 02 Jan 2026 00:00:00 -0000' },
        { kind: 'org_create', count: 1, datetime: 'Thu, 01 Jan 2026 00:00:00 -0000' },
      ],
    });
    expect(await call('GET', '/superuser/logs')).toMatchObject({
      logs: [{ kind: 'create_robot', namespace: { name: 'shop' } }, { kind: 'org_create' }],
    });
  });

  test('has what registry clients and workers do', async () => {
    await call('POST', '/organization/', { name: 'shop', email: 'shop@example.com' });
    simulator.writeLog([{ kind: 'pull_repo', namespace: 'shop', metadata: { repo: 'web' } }]);
    expect(await call('GET', '/organization/shop/logs')).toMatchObject({
      logs: [{ kind: 'pull_repo', ip: null }, { kind: 'org_create' }],
    });
  });
});
