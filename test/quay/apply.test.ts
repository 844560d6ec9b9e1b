import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Mirror, Notification } from '../../src/api/index.js';
import type { Change } from '../../src/plan/change.js';
import type { Needs, ObservedOrganization } from '../../src/plan/observed.js';
import { everything } from '../../src/quay/index.js';
import type { FaultRule } from '@quayside/simulator';
import { organization, password, type Playground, playground, rejection } from './playground.js';

let play: Playground;
let start: ReturnType<Playground['simulator']['snapshot']>;

const mirror: Mirror = {
  externalReference: 'registry.example.com/library/app',
  tags: ['latest', 'v*'],
  robot: 'ci',
  interval: '1h',
  startDate: '2030-01-01T00:00:00Z',
  enabled: true,
  verifyTLS: true,
  unsignedImages: false,
  timeoutSeconds: 300,
};

const webhook: Notification = {
  title: 'pushed',
  event: 'repo_push',
  method: 'webhook',
  urlSecretRef: { name: 'hook', key: 'url' },
};

beforeAll(async () => {
  play = await playground({
    fixtures: {
      users: [
        { name: 'admin', superuser: true },
        { name: 'bob', email: 'bob@example.com' },
      ],
      credentials: {
        superuser: {
          owner: 'admin',
          scopes: [
            'org:admin',
            'repo:admin',
            'repo:create',
            'repo:read',
            'repo:write',
            'user:admin',
            'user:read',
            'super:user',
          ],
        },
      },
    },
  });
  await play.apply({ type: 'CreateOrganization' });
  await play.apply({ type: 'CreateRobot', robot: 'ci', description: '' });
  await play.apply({ type: 'CreateRepository', repository: 'app', visibility: 'private', description: '' });
  await play.apply({ type: 'PutTeam', team: 'devs', role: 'member', exists: false });
  start = play.simulator.snapshot();
});
beforeEach(() => play.simulator.restore(start));
afterAll(() => play.close());

async function seen(): Promise<ObservedOrganization> {
  const { organization: first } = await play.observed();
  const needs: Needs = everything(first);
  return (await play.observed(needs)).organization;
}

const url = (change: Change): ReturnType<Playground['apply']> =>
  play.quay.apply(organization, change, () => 'https://hooks.example.com/secret-path');

describe('organizations', () => {
  test('an organization that is there already is an error: somebody else made it', async () => {
    expect(await rejection(play.apply({ type: 'CreateOrganization' }))).toMatchObject({
      code: 'QuayRefused',
      retryable: true,
    });
  });

  test('one that our own cut call made is not', async () => {
    play.simulator.faults.inject({ method: 'POST', path: '/organization/', reset: true, when: 'after' });
    await play.quay.apply('fresh', { type: 'CreateOrganization', email: 'fresh@example.com' }, () => '');
    expect(await play.quay.owners('fresh')).toMatchObject({ direct: ['admin'] });
  });

  test('a name that a user has is a conflict', async () => {
    expect(await rejection(play.quay.apply('bob', { type: 'CreateOrganization' }, () => ''))).toMatchObject({
      code: 'Conflict',
      message: expect.stringContaining('a user'),
    });
  });

  test('e-mail address and expiry', async () => {
    await play.apply({ type: 'UpdateOrganization', email: 'acme@example.com', tagExpirationSeconds: 86_400 });
    expect(await seen()).toMatchObject({ email: 'acme@example.com', tagExpirationSeconds: 86_400 });
    expect(await rejection(play.apply({ type: 'UpdateOrganization', tagExpirationSeconds: 5 }))).toMatchObject({
      code: 'QuayRefused',
      message: expect.stringContaining('Invalid tag expiration'),
    });
  });

  test('deleted, and deleted again; the name is blocked until Quay has cleaned up', async () => {
    await play.apply({ type: 'DeleteOrganization' });
    await play.apply({ type: 'DeleteOrganization' });
    expect(await rejection(play.apply({ type: 'CreateOrganization' }))).toMatchObject({
      code: 'QuayRefused',
      retryable: true,
    });
    play.simulator.runGarbageCollector();
    await play.apply({ type: 'CreateOrganization' });
  });

  test('the mark', async () => {
    await play.apply({ type: 'WriteMarker', description: 'words' });
    await play.apply({ type: 'WriteMarker', description: 'other words' });
    expect((await seen()).teams).toContainEqual(
      expect.objectContaining({ name: 'quayside', role: 'member', description: 'other words', members: [] }),
    );
  });
});

describe('robots', () => {
  test('created with their token, again with the same one', async () => {
    const first = await play.apply({ type: 'CreateRobot', robot: 'new', description: 'd' });
    const second = await play.apply({ type: 'CreateRobot', robot: 'new', description: 'd' });
    expect(first.token?.reveal()).toMatch(/^[A-Z0-9]{64}$/);
    expect(second.token?.reveal()).toBe(first.token?.reveal());
    expect((await seen()).robots.map(({ name }) => name)).toEqual(['ci', 'new']);
  });

  test('a creation whose answer got lost brings the token all the same', async () => {
    const faults: FaultRule[] = [
      { reset: true, when: 'after' },
      { status: 504, when: 'after' },
    ];
    for (const fault of faults) {
      play.simulator.faults.inject({ method: 'PUT', path: '/robots/', ...fault });
      const { token } = await play.apply({ type: 'CreateRobot', robot: 'new', description: '' });
      expect(token?.reveal()).toMatch(/^[A-Z0-9]{64}$/);
    }
  });

  test('deleted, and deleted again', async () => {
    await play.apply({ type: 'DeleteRobot', robot: 'ci' });
    await play.apply({ type: 'DeleteRobot', robot: 'ci' });
    expect((await seen()).robots).toEqual([]);
  });
});

describe('teams', () => {
  const team = async (): Promise<unknown> => (await seen()).teams.find(({ name }) => name === 'devs');

  test('created and changed; the description stays when it is left out', async () => {
    await play.apply({ type: 'PutTeam', team: 'devs', role: 'creator', description: 'builders', exists: true });
    await play.apply({ type: 'PutTeam', team: 'devs', role: 'member', exists: true });
    expect(await team()).toMatchObject({ role: 'member', description: 'builders' });
  });

  test('members: users and robots, added and removed twice', async () => {
    for (const member of ['bob', '+ci']) {
      await play.apply({ type: 'AddTeamMember', team: 'devs', member });
      await play.apply({ type: 'AddTeamMember', team: 'devs', member });
    }
    expect(await team()).toMatchObject({ members: ['+ci', 'bob'] });
    for (const member of ['bob', '+ci', 'bob']) await play.apply({ type: 'RemoveTeamMember', team: 'devs', member });
    expect(await team()).toMatchObject({ members: [] });
  });

  test('a member that does not exist is refused in the words of Quay', async () => {
    expect(await rejection(play.apply({ type: 'AddTeamMember', team: 'devs', member: 'nobody' }))).toMatchObject({
      code: 'QuayRefused',
      retryable: false,
      message: expect.stringContaining('Unknown user'),
    });
  });

  test('where Quay invites, a lost answer makes no second invitation', async () => {
    const mailing = await playground({
      features: { MAILING: true },
      fixtures: {
        users: [
          { name: 'admin', superuser: true },
          { name: 'carol', email: 'carol@example.com' },
        ],
        credentials: {
          superuser: { owner: 'admin', scopes: ['org:admin', 'repo:admin', 'user:admin', 'super:user'] },
        },
      },
    });
    await mailing.apply({ type: 'CreateOrganization', email: 'acme@example.com' });
    await mailing.apply({ type: 'PutTeam', team: 'devs', role: 'member', exists: false });
    mailing.simulator.faults.inject({ method: 'PUT', path: '/members/', reset: true, when: 'after' });
    await mailing.apply({ type: 'AddTeamMember', team: 'devs', member: 'carol' });
    expect(mailing.simulator.requests.writes().filter(({ path }) => path.includes('/members/'))).toHaveLength(1);
    expect((await mailing.observed({ teamMembers: ['devs'] })).organization.teams).toContainEqual(
      expect.objectContaining({ name: 'devs', members: ['carol'] }),
    );
    await mailing.close();
  });

  test('deleted, and deleted again', async () => {
    await play.apply({ type: 'DeleteTeam', team: 'devs' });
    await play.apply({ type: 'DeleteTeam', team: 'devs' });
    expect(await team()).toBeUndefined();
  });

  test('following a group is refused where Quay does not offer it', async () => {
    const change: Change = { type: 'SyncTeam', team: 'devs', group: { groupDN: 'cn=devs' }, replace: false };
    expect(await rejection(play.apply(change))).toMatchObject({ code: 'FeatureDisabled' });
    expect(await rejection(play.apply({ type: 'UnsyncTeam', team: 'devs' }))).toMatchObject({
      code: 'FeatureDisabled',
    });
  });
});

describe('default permissions', () => {
  const create: Change = { type: 'CreateDefaultPermission', kind: 'robot', name: 'ci', creator: '', role: 'write' };

  test('for robots, teams and users, for everybody or one creator', async () => {
    await play.apply(create);
    await play.apply({ type: 'CreateDefaultPermission', kind: 'team', name: 'devs', creator: '+ci', role: 'read' });
    await play.apply({ type: 'CreateDefaultPermission', kind: 'user', name: 'bob', creator: 'admin', role: 'admin' });
    const strip = (await seen()).defaultPermissions.map(({ id: _id, ...rest }) => rest);
    expect(strip).toHaveLength(3);
    expect(strip).toEqual(
      expect.arrayContaining([
        { kind: 'robot', name: 'ci', creator: '', role: 'write' },
        { kind: 'team', name: 'devs', creator: '+ci', role: 'read' },
        { kind: 'user', name: 'bob', creator: 'admin', role: 'admin' },
      ]),
    );
  });

  test.each<FaultRule>([
    { reset: true, when: 'after' },
    { reset: true },
    { status: 504, when: 'after' },
    { status: 500 },
  ])('a creation that got lost (%j) makes exactly one', async (fault) => {
    play.simulator.faults.inject({ method: 'POST', path: '/prototypes', ...fault });
    await play.apply(create);
    expect((await seen()).defaultPermissions).toHaveLength(1);
  });

  test('changed and deleted twice', async () => {
    await play.apply(create);
    const [{ id } = { id: '' }] = (await seen()).defaultPermissions;
    const same = { id, kind: 'robot', name: 'ci', creator: '' } as const;
    await play.apply({ type: 'UpdateDefaultPermission', ...same, role: 'read', from: 'write' });
    expect((await seen()).defaultPermissions).toMatchObject([{ role: 'read' }]);
    await play.apply({ type: 'DeleteDefaultPermission', ...same, role: 'read' });
    await play.apply({ type: 'DeleteDefaultPermission', ...same, role: 'read' });
    expect((await seen()).defaultPermissions).toEqual([]);
  });
});

describe('repositories and permissions', () => {
  test('created; again is fine while it looks as wanted', async () => {
    const change: Change = { type: 'CreateRepository', repository: 'new', visibility: 'public', description: 'words' };
    await play.apply(change);
    await play.apply(change);
    expect(await rejection(play.apply({ ...change, visibility: 'private' }))).toMatchObject({
      code: 'QuayRefused',
      retryable: true,
    });
    expect((await seen()).repositories).toContainEqual(
      expect.objectContaining({ name: 'new', visibility: 'public', description: 'words' }),
    );
  });

  test('described, made public, deleted twice', async () => {
    await play.apply({ type: 'SetDescription', repository: 'app', description: 'text' });
    await play.apply({ type: 'SetVisibility', repository: 'app', visibility: 'public' });
    expect((await seen()).repositories).toMatchObject([{ name: 'app', visibility: 'public', description: 'text' }]);
    await play.apply({ type: 'DeleteRepository', repository: 'app' });
    await play.apply({ type: 'DeleteRepository', repository: 'app' });
    expect((await seen()).repositories).toEqual([]);
    expect(
      await rejection(play.apply({ type: 'SetVisibility', repository: 'app', visibility: 'public' })),
    ).toMatchObject({
      retryable: true,
    });
    expect(await rejection(play.apply({ type: 'SetDescription', repository: 'app', description: '' }))).toMatchObject({
      retryable: true,
    });
  });

  test('a nested repository is reached, but not one whose name Quay would take for a part of another', async () => {
    const change = { type: 'CreateRepository', visibility: 'private', description: '' } as const;
    await play.apply({ ...change, repository: 'tools/build-image' });
    await play.apply({ type: 'SetDescription', repository: 'tools/build-image', description: 'nested' });
    expect((await seen()).repositories.map(({ name }) => name)).toEqual(['app', 'tools/build-image']);
    const asked = await play.asked(async () => {
      for (const repository of ['app/mirror', 'app/permissions/user/bob', 'app/tag']) {
        expect(await rejection(play.apply({ ...change, repository }))).toMatchObject({ code: 'QuayRefused' });
        expect(await rejection(play.apply({ type: 'DeleteRepository', repository }))).toMatchObject({
          code: 'QuayRefused',
        });
      }
    });
    expect(asked).toEqual([]);
  });

  test('permissions of robots, teams and users, set and deleted twice', async () => {
    const of = [
      { kind: 'robot', name: 'ci' },
      { kind: 'team', name: 'devs' },
      { kind: 'user', name: 'bob' },
    ] as const;
    for (const who of of) {
      await play.apply({ type: 'SetPermission', repository: 'app', ...who, role: 'read' });
      await play.apply({ type: 'SetPermission', repository: 'app', ...who, role: 'write', from: 'read' });
    }
    const grant = [{ repository: 'app', role: 'write' }];
    const now = await seen();
    expect(now.robots).toMatchObject([{ name: 'ci', permissions: grant }]);
    expect(now.teams.find(({ name }) => name === 'devs')?.permissions).toEqual(grant);
    expect(now.repositories[0]?.userPermissions).toEqual([
      { name: 'admin', role: 'admin' },
      { name: 'bob', role: 'write' },
    ]);
    for (const who of [...of, ...of]) await play.apply({ type: 'DeletePermission', repository: 'app', ...who });
    expect((await seen()).robots).toMatchObject([{ repositories: [], permissions: [] }]);
    expect((await seen()).repositories[0]?.userPermissions).toEqual([{ name: 'admin', role: 'admin' }]);
  });

  test('a permission on a repository that is not there is an error', async () => {
    const change: Change = { type: 'SetPermission', repository: 'none', kind: 'robot', name: 'ci', role: 'read' };
    expect(await rejection(play.apply(change))).toMatchObject({ code: 'QuayUnavailable' });
  });
});

describe('quota', () => {
  test('set, changed, with limits, deleted', async () => {
    await play.apply({ type: 'SetQuota', bytes: 10_737_418_240 });
    await play.apply({ type: 'SetQuota', bytes: 10_737_418_240 });
    await play.apply({ type: 'CreateQuotaLimit', limit: 'Warning', percent: 80 });
    const { quota } = await seen();
    expect(quota).toMatchObject({ bytes: 10_737_418_240, limits: [{ type: 'Warning', percent: 80 }] });
    const id = quota?.id ?? 0;
    await play.apply({ type: 'CreateQuotaLimit', quotaId: id, limit: 'Reject', percent: 95 });
    await play.apply({ type: 'CreateQuotaLimit', quotaId: id, limit: 'Reject', percent: 95 });
    await play.apply({ type: 'SetQuota', id, bytes: 1024, from: 10_737_418_240 });
    const changed = (await seen()).quota;
    expect(changed).toMatchObject({ bytes: 1024 });
    expect(changed?.limits).toHaveLength(2);
    const limit = changed?.limits[0];
    const remove: Change = { type: 'DeleteQuotaLimit', quotaId: id, id: limit?.id ?? 0, limit: 'Warning', percent: 80 };
    await play.apply(remove);
    await play.apply(remove);
    expect((await seen()).quota?.limits).toHaveLength(1);
    await play.apply({ type: 'DeleteQuota', id });
    await play.apply({ type: 'DeleteQuota', id });
    expect((await seen()).quota).toBeNull();
  });

  test('another quota in the way, and a limit without a quota, are errors', async () => {
    expect(await rejection(play.apply({ type: 'CreateQuotaLimit', limit: 'Warning', percent: 80 }))).toMatchObject({
      retryable: true,
    });
    await play.apply({ type: 'SetQuota', bytes: 2048 });
    expect(await rejection(play.apply({ type: 'SetQuota', bytes: 1024 }))).toMatchObject({
      code: 'QuayRefused',
      retryable: true,
    });
  });
});

describe.each([{ repository: undefined }, { repository: 'app' }])('policies of %j', ({ repository }) => {
  const policies = async (): Promise<Pick<ObservedOrganization, 'autoPrune' | 'immutability'> | undefined> => {
    const now = await seen();
    return repository === undefined ? now : now.repositories[0];
  };

  test('auto-prune: by number, by age, by pattern; again is fine; deleted twice', async () => {
    const wanted = [
      { numberOfTags: 10, tagPatternMatches: true },
      { olderThan: '14d', tagPatternMatches: true },
      { numberOfTags: 5, tagPattern: 'v.*', tagPatternMatches: false },
    ];
    for (const policy of [...wanted, ...wanted]) await play.apply({ type: 'CreateAutoPrune', repository, policy });
    const found = (await policies())?.autoPrune ?? [];
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining(wanted.map((policy) => expect.objectContaining(policy))));
    for (const { uuid, ...policy } of [...found, ...found]) {
      await play.apply({ type: 'DeleteAutoPrune', repository, uuid, policy });
    }
    expect((await policies())?.autoPrune).toEqual([]);
  });

  test('immutability: created, changed, deleted twice', async () => {
    const policy = { tagPattern: 'v.*', tagPatternMatches: true };
    await play.apply({ type: 'CreateImmutability', repository, policy });
    await play.apply({ type: 'CreateImmutability', repository, policy });
    const [{ uuid } = { uuid: '' }] = (await policies())?.immutability ?? [];
    const other = { ...policy, tagPatternMatches: false };
    expect(await rejection(play.apply({ type: 'CreateImmutability', repository, policy: other }))).toMatchObject({
      retryable: true,
    });
    await play.apply({ type: 'UpdateImmutability', repository, uuid, policy: other });
    expect((await policies())?.immutability).toEqual([{ uuid, ...other }]);
    await play.apply({ type: 'DeleteImmutability', repository, uuid, tagPattern: 'v.*' });
    await play.apply({ type: 'DeleteImmutability', repository, uuid, tagPattern: 'v.*' });
    expect((await policies())?.immutability).toEqual([]);
  });
});

describe('proxy cache', () => {
  const proxyCache = { upstreamRegistry: 'registry.example.com/library', expirationSeconds: 3600, insecure: false };
  const secret = { username: 'puller', passwordSecretRef: { name: 'upstream', key: 'password' } };

  test('made, made again, replaced, deleted twice', async () => {
    await play.apply({ type: 'SetProxyCache', proxyCache, replace: false });
    await play.apply({ type: 'SetProxyCache', proxyCache, replace: false });
    expect((await seen()).proxyCache).toEqual(proxyCache);
    const other = { ...proxyCache, ...secret, expirationSeconds: 60 };
    expect(await rejection(play.apply({ type: 'SetProxyCache', proxyCache: other, replace: false }))).toMatchObject({
      retryable: true,
    });
    await play.apply({ type: 'SetProxyCache', proxyCache: other, replace: true });
    expect((await seen()).proxyCache).toMatchObject({ expirationSeconds: 60 });
    await play.apply({ type: 'DeleteProxyCache' });
    await play.apply({ type: 'DeleteProxyCache' });
    expect((await seen()).proxyCache).toBeNull();
  });

  test('with credentials, after a lost answer', async () => {
    play.simulator.faults.inject({ method: 'POST', path: '/proxycache', reset: true, when: 'after' });
    await play.apply({ type: 'SetProxyCache', proxyCache: { ...proxyCache, ...secret }, replace: false });
    expect((await seen()).proxyCache).toEqual(proxyCache);
  });
});

describe('mirrors', () => {
  const set = (fields?: readonly (keyof Mirror)[], more: Partial<Mirror> = {}): ReturnType<Playground['apply']> =>
    play.apply({ type: 'SetMirror', repository: 'app', mirror: { ...mirror, ...more }, fields });
  const mirrored = async (): Promise<ObservedOrganization['repositories'][number] | undefined> =>
    (await seen()).repositories[0];

  test('created with everything; the robot gets its permission', async () => {
    await set(undefined, { username: 'puller', passwordSecretRef: { name: 'upstream', key: 'password' } });
    expect(await mirrored()).toMatchObject({
      state: 'MIRROR',
      mirror: {
        externalReference: 'registry.example.com/library/app',
        tags: ['latest', 'v*'],
        robot: 'ci',
        intervalSeconds: 3600,
        enabled: true,
        verifyTLS: true,
        unsignedImages: false,
        timeoutSeconds: 300,
        proxy: {},
        username: 'puller',
      },
    });
    expect((await seen()).robots).toMatchObject([{ permissions: [{ repository: 'app', role: 'write' }] }]);
  });

  test('without its robot nothing is sent that would spoil the repository', async () => {
    expect(await rejection(set(undefined, { robot: 'nobody' }))).toMatchObject({
      code: 'QuayRefused',
      message: expect.stringContaining('acme+nobody'),
    });
    await set();
    await set(['tags'], { tags: ['stable'] });
    expect((await mirrored())?.mirror?.tags).toEqual(['stable']);
  });

  test('changed field by field; only what is declared of a proxy', async () => {
    await set();
    await set(['interval', 'tags'], { interval: '2h', tags: ['*'] });
    const proxy = { httpProxy: 'http://proxy.example.com:3128', noProxy: 'example.com' };
    await set(['verifyTLS', 'proxy'], { verifyTLS: false, proxy });
    expect((await mirrored())?.mirror).toMatchObject({ intervalSeconds: 7200, tags: ['*'], verifyTLS: false, proxy });
    await set(['proxy'], { proxy: { httpsProxy: 'http://other.example.com' } });
    expect((await mirrored())?.mirror?.proxy).toEqual({ ...proxy, httpsProxy: 'http://other.example.com' });
    await set(['passwordSecretRef'], { username: 'puller', passwordSecretRef: { name: 'upstream', key: 'password' } });
    expect((await mirrored())?.mirror?.username).toBe('puller');
  });

  test('a proxy is complete even where another tool made the mirror without one', async () => {
    const answer = await fetch(`${play.simulator.url}/api/v1/repository/${organization}/app/mirror`, {
      method: 'POST',
      headers: { authorization: `Bearer ${play.simulator.credentials.superuser}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        external_reference: 'registry.example.com/library/app',
        sync_interval: 3600,
        sync_start_date: '2030-01-01T00:00:00Z',
        root_rule: { rule_kind: 'tag_glob_csv', rule_value: ['latest'] },
        robot_username: 'acme+ci',
        skopeo_timeout_interval: 300,
      }),
    });
    expect(answer.status).toBe(201);
    const proxy = {
      httpProxy: 'http://proxy.example.com:3128',
      httpsProxy: 'http://proxy.example.com:3128',
      noProxy: 'x',
    };
    await set(['proxy'], { proxy });
    expect((await mirrored())?.mirror?.proxy).toEqual(proxy);
  });

  test('stopped, stopped again, and started on what was left', async () => {
    await set();
    await play.apply({ type: 'StopMirror', repository: 'app' });
    await play.apply({ type: 'StopMirror', repository: 'app' });
    expect(await mirrored()).toMatchObject({ state: 'NORMAL', mirror: { enabled: false } });
    await set(undefined, { tags: ['again'] });
    expect(await mirrored()).toMatchObject({ state: 'MIRROR', mirror: { enabled: true, tags: ['again'] } });
  });

  test('architectures are refused where Quay cannot choose them', async () => {
    expect(await rejection(set(undefined, { architectures: ['amd64'] }))).toMatchObject({ code: 'FeatureDisabled' });
    expect((await mirrored())?.mirror).toBeNull();
  });

  test('what is switched off is refused before it reaches the repository itself', async () => {
    const plain = await playground({ features: { REPO_MIRROR: false, AUTO_PRUNE: false, IMMUTABLE_TAGS: false } });
    await plain.apply({ type: 'CreateOrganization' });
    await plain.quay.features();
    const changes: Change[] = [
      { type: 'StopMirror', repository: 'app' },
      { type: 'SetMirror', repository: 'app', mirror },
      { type: 'DeleteAutoPrune', repository: 'app', uuid: 'u', policy: { numberOfTags: 1, tagPatternMatches: true } },
      { type: 'DeleteImmutability', repository: 'app', uuid: 'u', tagPattern: 'v' },
    ];
    const asked = await plain.asked(async () => {
      for (const change of changes)
        expect(await rejection(plain.apply(change))).toMatchObject({ code: 'FeatureDisabled' });
    });
    expect(asked).toEqual([]);
    await plain.close();
  });
});

describe('notifications', () => {
  const notifications = async (): Promise<unknown> => (await seen()).repositories[0]?.notifications;

  test('of every method and event', async () => {
    const target = { kind: 'org', name: organization } as const;
    await url({ type: 'CreateNotification', repository: 'app', notification: webhook });
    await url({
      type: 'CreateNotification',
      repository: 'app',
      notification: {
        ...webhook,
        title: 'severe',
        method: 'slack',
        event: 'vulnerability_found',
        vulnerabilityLevel: 'High',
      },
    });
    await url({
      type: 'CreateNotification',
      repository: 'app',
      notification: {
        title: 'expiring',
        event: 'repo_image_expiry',
        imageExpiryDays: 5,
        method: 'quay_notification',
        target,
      },
    });
    expect(await notifications()).toMatchObject([
      { title: 'pushed', event: 'repo_push', method: 'webhook', failures: 0 },
      { title: 'severe', vulnerabilityLevel: 'High' },
      { title: 'expiring', imageExpiryDays: 5, target },
    ]);
    expect(JSON.stringify(await notifications())).not.toContain('secret-path');
  });

  test.each<FaultRule>([{ reset: true, when: 'after' }, { reset: true }])(
    'a creation that got lost (%j) makes exactly one',
    async (fault) => {
      await url({ type: 'CreateNotification', repository: 'app', notification: webhook });
      play.simulator.faults.inject({ method: 'POST', path: '/notification/', ...fault });
      await url({ type: 'CreateNotification', repository: 'app', notification: webhook });
      expect(await notifications()).toHaveLength(2);
    },
  );

  test('reset, deleted twice', async () => {
    await url({ type: 'CreateNotification', repository: 'app', notification: webhook });
    const [first] = (await notifications()) as { readonly uuid: string }[];
    const same = { repository: 'app', uuid: first?.uuid ?? '', title: 'pushed' };
    await play.apply({ type: 'ResetNotification', ...same });
    await play.apply({ type: 'DeleteNotification', ...same });
    await play.apply({ type: 'DeleteNotification', ...same });
    expect(await notifications()).toEqual([]);
  });
});

test('secrets are asked for by their reference', async () => {
  const asked: unknown[] = [];
  await play.quay.apply(
    organization,
    { type: 'CreateNotification', repository: 'app', notification: webhook },
    (ref) => {
      asked.push(ref);
      return `https://hooks.example.com/${password}`;
    },
  );
  expect(asked).toEqual([webhook.urlSecretRef]);
});

describe('following a group', () => {
  test('followed, followed again, another group, released twice', async () => {
    const synced = await playground({ features: { TEAM_SYNCING: true } });
    await synced.apply({ type: 'CreateOrganization' });
    await synced.apply({ type: 'PutTeam', team: 'devs', role: 'member', exists: false });
    const team = async (): Promise<unknown> =>
      (await synced.observed({ teamMembers: ['devs'] })).organization.teams.find(({ name }) => name === 'devs');
    const follow = (groupDN: string, replace: boolean): ReturnType<Playground['apply']> =>
      synced.apply({ type: 'SyncTeam', team: 'devs', group: { groupDN }, replace });
    await follow('cn=devs', false);
    await follow('cn=devs', false);
    expect(await team()).toMatchObject({ synced: true, sync: { groupDN: 'cn=devs' } });
    expect(await rejection(follow('cn=ops', false))).toMatchObject({ retryable: true });
    await follow('cn=ops', true);
    expect(await team()).toMatchObject({ synced: true, sync: { groupDN: 'cn=ops' } });
    await synced.apply({ type: 'UnsyncTeam', team: 'devs' });
    await synced.apply({ type: 'UnsyncTeam', team: 'devs' });
    expect(await team()).toMatchObject({ synced: false });
    await synced.close();
  });
});
