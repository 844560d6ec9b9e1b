import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { everything, nothingMore } from '../../src/quay/index.js';
import type { FaultRule, SimulatorOptions } from '@quayside/simulator';
import { organization, type Playground, playground, rejection } from './playground.js';

const all = ['org:admin', 'repo:admin', 'repo:create', 'repo:read', 'repo:write', 'user:admin', 'user:read'];

const fixtures: SimulatorOptions['fixtures'] = {
  users: [
    { name: 'admin', superuser: true },
    { name: 'bob', email: 'bob@example.com' },
    { name: 'eve', email: 'eve@example.com' },
    { name: 'gone', email: 'gone@example.com', disabled: true },
  ],
  credentials: {
    superuser: { owner: 'admin', scopes: [...all, 'super:user'] },
    owner: { owner: 'bob', scopes: all },
    stranger: { owner: 'eve', scopes: all },
    expired: { owner: 'admin', scopes: all, expired: true },
    disabled: { owner: 'gone', scopes: all },
    'no-org-admin': { owner: 'bob', scopes: ['repo:admin', 'user:admin', 'user:read'] },
    'no-repo-admin': { owner: 'bob', scopes: ['org:admin', 'user:admin', 'user:read'] },
    'no-user-admin': { owner: 'bob', scopes: ['org:admin', 'repo:admin', 'repo:create', 'user:read'] },
    'no-user': { owner: 'bob', scopes: ['org:admin', 'repo:admin', 'repo:create'] },
    'no-scope': { owner: 'bob', scopes: [] },
  },
};

let play: Playground;
let start: ReturnType<Playground['simulator']['snapshot']>;

beforeAll(async () => {
  play = await playground({ fixtures });
  start = play.simulator.snapshot();
});
beforeEach(() => play.simulator.restore(start));
afterAll(() => play.close());

const base = `/api/v1/organization/${organization}`;

async function madeByBob(): Promise<void> {
  const bob = play.connect('owner');
  await bob.apply(organization, { type: 'CreateOrganization' }, () => '');
  await bob.apply(organization, { type: 'CreateRobot', robot: 'ci', description: 'builds' }, () => '');
  for (const repository of ['app', 'other']) {
    const change = { type: 'CreateRepository', repository, visibility: 'private', description: '' } as const;
    await bob.apply(organization, change, () => '');
  }
}

describe('what it costs', () => {
  test('an organization that is not there: one call', async () => {
    expect(
      await play.asked(async () =>
        expect(await play.quay.observe(organization, nothingMore)).toEqual({ state: 'Absent' }),
      ),
    ).toEqual([`GET ${base}`]);
  });

  test('one that is there: four calls, without tokens unless asked', async () => {
    await madeByBob();
    expect([...(await play.asked(() => play.observed()))].sort()).toEqual([
      `GET ${base}`,
      `GET ${base}/prototypes`,
      `GET ${base}/robots?permissions=true&token=false`,
      `GET /api/v1/repository?namespace=${organization}`,
    ]);
    expect((await play.observed()).tokens).toBeUndefined();
  });

  test('roles: one call more for each robot that has repositories; policies and mirrors: one each, where declared', async () => {
    await madeByBob();
    await play.apply({ type: 'CreateRobot', robot: 'idle', description: '' });
    await play.apply({ type: 'SetPermission', repository: 'app', kind: 'robot', name: 'ci', role: 'write' });
    await play.quay.features();
    const asked = await play.asked(() =>
      play.observed({ roles: true, autoPrune: true, repositories: { app: { mirror: true } } }),
    );
    expect(asked).toEqual(
      expect.arrayContaining([
        `GET ${base}/autoprunepolicy/`,
        `GET ${base}/robots/ci/permissions`,
        `GET /api/v1/repository/${organization}/app/mirror`,
      ]),
    );
    expect(asked).toHaveLength(7);
  });
});

describe('what it shows', () => {
  test('teams, robots, default permissions, repositories, quota and a fresh token', async () => {
    await madeByBob();
    await play.apply({ type: 'SetPermission', repository: 'app', kind: 'robot', name: 'ci', role: 'write' });
    await play.apply({ type: 'CreateDefaultPermission', kind: 'robot', name: 'ci', creator: '', role: 'write' });
    const observation = await play.quay.observe(organization, { ...nothingMore, roles: true }, { tokens: true });
    if (observation.state !== 'Observed') throw new Error(observation.state);
    expect(observation.organization).toMatchObject({
      name: organization,
      email: '',
      tagExpirationSeconds: 1_209_600,
      teams: [{ name: 'owners', role: 'admin' }],
      robots: [
        {
          name: 'ci',
          description: 'builds',
          repositories: ['app'],
          permissions: [{ repository: 'app', role: 'write' }],
        },
      ],
      foreignRobots: [],
      defaultPermissions: [{ kind: 'robot', name: 'ci', creator: '', role: 'write' }],
      repositories: [
        { name: 'app', visibility: 'private', description: '', state: 'NORMAL' },
        { name: 'other', visibility: 'private' },
      ],
      quota: null,
    });
    expect(observation.tokens?.get('ci')?.reveal()).toMatch(/^[A-Z0-9]{64}$/);
    expect(await play.quay.owners(organization)).toEqual({ direct: ['bob'], invited: [], synced: false });
  });

  test('205 repositories on three pages', async () => {
    await play.apply({ type: 'CreateOrganization' });
    const names = Array.from({ length: 205 }, (_, index) => `app-${String(index).padStart(3, '0')}`);
    await Promise.all(
      names.map((repository) =>
        play.apply({ type: 'CreateRepository', repository, visibility: 'private', description: '' }),
      ),
    );
    const asked = await play.asked(async () => {
      expect((await play.observed()).organization.repositories.map(({ name }) => name)).toEqual(names);
    });
    expect(asked.filter((line) => line.includes('/api/v1/repository?'))).toHaveLength(3);
  });

  test("robots that only Quay's wildcard shows stand apart, with their full names and without their tokens", async () => {
    for (const name of ['team_web', 'team-web', 'team.web']) {
      await play.quay.apply(name, { type: 'CreateOrganization' }, () => '');
      await play.quay.apply(name, { type: 'CreateRobot', robot: 'ci', description: '' }, () => '');
    }
    const observation = await play.quay.observe('team_web', nothingMore, { tokens: true });
    expect(observation).toMatchObject({
      organization: { robots: [{ name: 'ci' }], foreignRobots: ['team-web+ci', 'team.web+ci'] },
    });
    expect(observation.state === 'Observed' && observation.tokens?.size).toBe(1);
  });

  test('repositories that Quay has not cleaned up yet are gone', async () => {
    await madeByBob();
    for (const repository of ['app', 'other']) {
      await play.apply({ type: 'SetPermission', repository, kind: 'robot', name: 'ci', role: 'read' });
    }
    await play.apply({ type: 'PutTeam', team: 'devs', role: 'member', exists: false });
    await play.apply({ type: 'SetPermission', repository: 'other', kind: 'team', name: 'devs', role: 'read' });
    await play.apply({ type: 'DeleteRepository', repository: 'other' });
    const { organization: seen } = await play.observed({ roles: true, teamPermissions: ['devs'] });
    expect(seen.robots).toMatchObject([{ repositories: ['app'], permissions: [{ repository: 'app', role: 'read' }] }]);
    expect(seen.teams.find(({ name }) => name === 'devs')?.permissions).toEqual([]);
  });

  test('everything: what cannot be held is named', async () => {
    await madeByBob();
    const post = (path: string, body: unknown): Promise<Response> =>
      fetch(`${play.simulator.url}${base}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          authorization: `Bearer ${play.simulator.credentials.superuser}`,
          'content-type': 'application/json',
        },
      });
    expect((await post('/applications', { name: 'console' })).status).toBe(200);
    expect((await post('/robots/ci/federation', [{ issuer: 'https://issuer.example.com', subject: 's' }])).status).toBe(
      200,
    );
    const needs = everything((await play.observed()).organization);
    const observation = await play.quay.observe(organization, needs, { leftOut: true });
    expect(observation).toMatchObject({
      organization: {
        autoPrune: [],
        immutability: [],
        proxyCache: null,
        teams: [{ name: 'owners', members: ['bob'], permissions: [] }],
        repositories: [
          { name: 'app', mirror: null, notifications: [], userPermissions: [{ name: 'bob', role: 'admin' }] },
          {},
        ],
      },
      leftOut: ['application console', 'federation of robot ci'],
    });
  });

  test('what Quay has switched off is unknown, not empty', async () => {
    const plain = await playground({
      features: {
        AUTO_PRUNE: false,
        PROXY_CACHE: false,
        REPO_MIRROR: false,
        QUOTA_MANAGEMENT: false,
        IMMUTABLE_TAGS: false,
      },
    });
    await plain.apply({ type: 'CreateOrganization' });
    await plain.apply({ type: 'CreateRepository', repository: 'app', visibility: 'public', description: '' });
    const { organization: seen } = await plain.observed({
      autoPrune: true,
      immutability: true,
      proxyCache: true,
      repositories: { app: { mirror: true, autoPrune: true, immutability: true } },
    });
    expect([seen.quota, seen.autoPrune, seen.immutability, seen.proxyCache]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(seen.repositories[0]).toEqual({ name: 'app', visibility: 'public', description: '', state: 'NORMAL' });
    await plain.close();
  });
});

describe('all or nothing', () => {
  test.each(['prototypes', 'robots', 'repository', 'robots/ci/permissions'])(
    'a list of %s that fails fails the observation',
    async (path) => {
      await madeByBob();
      await play.apply({ type: 'SetPermission', repository: 'app', kind: 'robot', name: 'ci', role: 'write' });
      const faults: FaultRule[] = [{ status: 500 }, { status: 503 }, { truncate: true }, { reset: true }];
      for (const fault of faults) {
        play.simulator.faults.inject({ path: `/${path}(\\?|$)`, times: 5, ...fault });
        expect(await rejection(play.observed({ roles: true }))).toMatchObject({ retryable: true });
        play.simulator.faults.clear();
      }
    },
  );

  test('a list whose pages start over fails it as well', async () => {
    await madeByBob();
    play.simulator.faults.inject({
      path: '/repository\\?',
      times: 9,
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        repositories: [{ namespace: organization, name: 'app', is_public: false, description: null }],
        next_page: 'again',
      }),
    });
    expect(await rejection(play.observed())).toMatchObject({
      code: 'UnexpectedAnswer',
      message: expect.stringContaining('repeat'),
    });
    play.simulator.faults.clear();
  });
});

describe('who may see it', () => {
  test('a stranger sees that it is hidden, and why', async () => {
    await madeByBob();
    expect(await play.connect('stranger').observe(organization, nothingMore)).toEqual({
      state: 'Hidden',
      message: expect.stringContaining('make eve a member of its team owners'),
    });
  });

  test('a member who is no administrator, and a token without org:admin, are hidden from it too', async () => {
    await madeByBob();
    await play.apply({ type: 'PutTeam', team: 'devs', role: 'member', exists: false });
    await play.apply({ type: 'AddTeamMember', team: 'devs', member: 'eve' });
    expect(await play.connect('stranger').observe(organization, nothingMore)).toEqual({
      state: 'Hidden',
      message: expect.stringContaining('not as an administrator'),
    });
    expect(await rejection(play.connect('no-org-admin').observe(organization, nothingMore))).toMatchObject({
      code: 'ScopeMissing',
      message: expect.stringContaining('org:admin'),
    });
  });

  test.each(['expired', 'disabled', 'a-token-nobody-issued'])(
    'a token that is %s is rejected, although Quay shows the public side',
    async (credential) => {
      await madeByBob();
      expect(await rejection(play.connect(credential).observe(organization, nothingMore))).toMatchObject({
        code: 'TokenRejected',
        retryable: false,
      });
    },
  );

  test('one look at the owner of the token serves many hidden organizations that are looked at together', async () => {
    await madeByBob();
    const eve = play.connect('stranger');
    const asked = await play.asked(async () => {
      await Promise.all([1, 2, 3].map(() => eve.observe(organization, nothingMore)));
    });
    expect(asked.filter((line) => line === 'GET /api/v1/user/')).toHaveLength(1);
  });

  test('whoAmI names the owner of the token', async () => {
    expect(await play.quay.whoAmI()).toMatchObject({ username: 'admin', superuser: true });
    expect(await play.connect('owner').whoAmI()).toMatchObject({ username: 'bob', superuser: false });
    expect(await rejection(play.connect('no-user').whoAmI())).toMatchObject({
      code: 'ScopeMissing',
      message: expect.stringContaining('user:read'),
    });
    expect(await rejection(play.connect('expired').whoAmI())).toMatchObject({ code: 'TokenRejected' });
    expect(await rejection(play.connect('no-scope').whoAmI())).toMatchObject({
      code: 'QuayUnavailable',
      hint: expect.stringContaining('scope'),
    });
  });

  test('listOrganizations is for superusers', async () => {
    await madeByBob();
    expect(await play.quay.listOrganizations()).toEqual([organization]);
    expect(await rejection(play.connect('owner').listOrganizations())).toMatchObject({
      code: 'ScopeMissing',
      message: expect.stringContaining('super:user'),
    });
  });
});

describe('the scope that is missing is named', () => {
  test('user:admin, for creating organizations and for the roles of robots', async () => {
    const client = play.connect('no-user-admin');
    expect(await rejection(client.apply(organization, { type: 'CreateOrganization' }, () => ''))).toMatchObject({
      code: 'ScopeMissing',
      message: expect.stringContaining('user:admin'),
    });
    await madeByBob();
    await play.apply({ type: 'SetPermission', repository: 'app', kind: 'robot', name: 'ci', role: 'write' });
    expect(await rejection(client.observe(organization, { ...nothingMore, roles: true }))).toMatchObject({
      code: 'ScopeMissing',
      message: expect.stringContaining('user:admin'),
    });
  });

  test('repo:admin, for permissions', async () => {
    await madeByBob();
    const change = { type: 'SetPermission', repository: 'app', kind: 'robot', name: 'ci', role: 'write' } as const;
    expect(await rejection(play.connect('no-repo-admin').apply(organization, change, () => ''))).toMatchObject({
      code: 'ScopeMissing',
      message: expect.stringContaining('repo:admin'),
    });
  });

  test('org:admin, and who is no administrator at all', async () => {
    await madeByBob();
    const change = { type: 'CreateRobot', robot: 'new', description: '' } as const;
    expect(await rejection(play.connect('no-org-admin').apply(organization, change, () => ''))).toMatchObject({
      code: 'ScopeMissing',
      message: expect.stringContaining('org:admin'),
    });
    expect(await rejection(play.connect('stranger').apply(organization, change, () => ''))).toMatchObject({
      code: 'NotOrganizationAdmin',
      message: expect.stringContaining('eve'),
    });
  });

  test('super:user, for quotas', async () => {
    await madeByBob();
    expect(
      await rejection(play.connect('owner').apply(organization, { type: 'SetQuota', bytes: 1024 }, () => '')),
    ).toMatchObject({
      code: 'ScopeMissing',
      message: expect.stringContaining('super:user'),
    });
  });

  test('writing with a dead token is TokenRejected, not a missing permission', async () => {
    await madeByBob();
    const change = { type: 'CreateRobot', robot: 'new', description: '' } as const;
    expect(await rejection(play.connect('expired').apply(organization, change, () => ''))).toMatchObject({
      code: 'TokenRejected',
    });
  });
});
