import { afterEach, expect, test } from '@jest/globals';
import { type Fixtures, type Simulator, startSimulator } from '@quayside/simulator';
import { preflight } from '../../src/integration/index.js';
import { connectQuay, nothingMore, type Quay } from '../../src/quay/index.js';
import { integration } from '../fixtures/integration.js';

const all = ['org:admin', 'repo:admin', 'repo:create', 'user:admin', 'user:read'];
const without = (scope: string): readonly string[] => all.filter((one) => one !== scope);
const fixtures: Fixtures = {
  users: [{ name: 'admin', superuser: true }, { name: 'robots-admin' }],
  credentials: {
    superuser: { owner: 'admin', scopes: [...all, 'super:user'] },
    all: { owner: 'robots-admin', scopes: all },
    'org:admin': { owner: 'robots-admin', scopes: without('org:admin') },
    'repo:admin': { owner: 'robots-admin', scopes: without('repo:admin') },
    'user:admin': { owner: 'robots-admin', scopes: without('user:admin') },
    'super org:admin': { owner: 'admin', scopes: [...without('org:admin'), 'super:user'] },
  },
};

/** A superuser is one by name only: with full access the scope is not needed. */
const options = { fixtures, features: { SUPERUSERS_FULL_ACCESS: false } };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function connect(credential: string): Promise<{ readonly simulator: Simulator; readonly quay: Quay }> {
  const simulator = await startSimulator(options);
  const quay = connectQuay({ url: simulator.url, token: () => simulator.credentials[credential] ?? '' });
  open.push(quay, simulator);
  return { simulator, quay };
}

async function scopesCheck(quay: Quay): Promise<object | undefined> {
  const checks = await preflight({
    integration: integration(),
    quay,
    snapshot: {
      uid: 'u-1',
      namespaces: { known: true, items: [] },
      imageStreams: { known: true, items: [] },
      hasBuildApis: true,
    },
    pullSecrets: { known: true, items: [] },
    selects: () => true,
  });
  return checks.find(({ name }) => name === 'scopes');
}

test.each(['org:admin', 'repo:admin', 'user:admin'])(
  'R26 a token without %s is named before there is any organization, and nothing is written for that',
  async (scope) => {
    const { simulator, quay } = await connect(scope);
    expect(await scopesCheck(quay)).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(`lacks the scope ${scope}`),
      hint: expect.stringContaining('all scopes'),
    });
    expect(simulator.requests.writes()).toEqual([]);
  },
);

test('R26 a token with all scopes passes, and so does one of a superuser', async () => {
  for (const credential of ['all', 'superuser']) {
    const { quay } = await connect(credential);
    expect(await scopesCheck(quay)).toMatchObject({ outcome: 'ok' });
  }
});

test.each(['org:admin', 'super org:admin'])(
  'R26 a token that could do nothing in an organization is refused before it creates one (%s)',
  async (credential) => {
    const { simulator, quay } = await connect(credential);
    const denied = { code: 'ScopeMissing', message: expect.stringContaining('lacks the scope org:admin') };
    await expect(quay.demandAdministration()).rejects.toMatchObject(denied);
    expect(simulator.requests.writes()).toEqual([]);
  },
);

test.each(['org:admin', 'super org:admin'])(
  'R26 an organization that is there shows the missing scope, and not an owner who lacks rights (%s)',
  async (credential) => {
    const { simulator, quay } = await connect(credential);
    await fetch(`${simulator.url}/api/v1/organization/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${simulator.credentials[credential]}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'acme', email: 'acme@example.com' }),
    });
    await expect(quay.observe('acme', nothingMore)).rejects.toMatchObject({
      code: 'ScopeMissing',
      message: expect.stringContaining('lacks the scope org:admin'),
    });
  },
);
