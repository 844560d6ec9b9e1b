import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Change } from '../../src/plan/index.js';
import { everything, nothingMore } from '../../src/quay/index.js';
import { document, openPlayground, wordsOf, type Playground } from '../fixtures/playground.js';

const organization = 'openshift_demo';
const full = document('demo', [], {
  email: 'demo@example.com',
  tagExpiration: '1w',
  teams: [{ name: 'developers', role: 'creator', description: 'Developers', members: ['alice', '+builder'] }],
  defaultPermissions: [{ kind: 'team', name: 'developers', role: 'write' }],
  quota: {
    size: '10Gi',
    limits: [
      { type: 'Warning', percent: 80 },
      { type: 'Reject', percent: 95 },
    ],
  },
  autoPrune: [{ numberOfTags: 20 }],
  immutability: [{ tagPattern: '^v[0-9]' }],
  repositories: [
    {
      name: 'web',
      visibility: 'public',
      description: 'The web',
      permissions: [
        { kind: 'user', name: 'alice', role: 'read' },
        { kind: 'team', name: 'developers', role: 'admin' },
      ],
      autoPrune: [{ olderThan: '30d', tagPattern: '^dev' }],
      notifications: [
        { title: 'pushes', event: 'repo_push', method: 'quay_notification', target: { kind: 'user', name: 'alice' } },
        { title: 'hook', event: 'repo_push', method: 'webhook', urlSecretRef: { name: 'hooks', key: 'url' } },
      ],
    },
    {
      name: 'mirrored',
      mirror: {
        externalReference: 'registry.example.com/library/nginx',
        tags: ['latest'],
        robot: 'builder',
        username: 'reader',
        passwordSecretRef: { name: 'mirror', key: 'password' },
      },
    },
  ],
});

let playground: Playground;
let secrets: Record<string, string>;
const converge: Playground['converge'] = (documents, more) =>
  playground.converge(documents, { secrets: ({ name, key }) => secrets[`${name}/${key}`] ?? '', ...more });

beforeAll(async () => {
  secrets = { 'hooks/url': 'https://hooks.example.com/1', 'mirror/password': 'first' };
  playground = await openPlayground({
    fixtures: {
      users: [
        { name: 'admin', email: 'admin@example.com', superuser: true },
        { name: 'alice', email: 'a@example.com' },
      ],
      credentials: {
        superuser: {
          owner: 'admin',
          scopes: ['org:admin', 'repo:admin', 'repo:create', 'user:admin', 'user:read', 'super:user'],
        },
      },
    },
  });
  const first = await converge([full]);
  expect(first.organizations[0]?.failed).toEqual([]);
});
afterAll(() => playground.close());

test('everything that is declared exists after one run', async () => {
  const again = await converge([full]);
  expect(wordsOf(again, organization)).toEqual([]);
  expect(again.organizations[0]?.plan?.skipped).toEqual([]);
});

const drifts: Readonly<Record<string, Change>> = {
  'an address': { type: 'UpdateOrganization', email: 'other@example.com' },
  'a time': { type: 'UpdateOrganization', tagExpirationSeconds: 86_400 },
  'a lost robot': { type: 'DeleteRobot', robot: 'deployer' },
  'a team with another role': { type: 'PutTeam', team: 'developers', role: 'member', exists: true },
  'a lost team': { type: 'DeleteTeam', team: 'developers' },
  'a lost member': { type: 'RemoveTeamMember', team: 'developers', member: 'alice' },
  'a changed visibility': { type: 'SetVisibility', repository: 'web', visibility: 'private' },
  'a changed description': { type: 'SetDescription', repository: 'web', description: 'Mine' },
  'a raised permission': { type: 'SetPermission', repository: 'web', kind: 'robot', name: 'default', role: 'admin' },
  'a lost permission of a robot': { type: 'DeletePermission', repository: 'web', kind: 'robot', name: 'builder' },
  'a lost permission of a user': { type: 'DeletePermission', repository: 'web', kind: 'user', name: 'alice' },
  'a changed permission of a team': {
    type: 'SetPermission',
    repository: 'web',
    kind: 'team',
    name: 'developers',
    role: 'read',
  },
  'a second default permission that contradicts': {
    type: 'CreateDefaultPermission',
    kind: 'robot',
    name: 'builder',
    creator: '',
    role: 'admin',
  },
  'a lost repository': { type: 'DeleteRepository', repository: 'web' },
  'a stopped mirror': { type: 'StopMirror', repository: 'mirrored' },
  'a doubled notification': {
    type: 'CreateNotification',
    repository: 'web',
    notification: {
      title: 'pushes',
      event: 'repo_push',
      method: 'quay_notification',
      target: { kind: 'user', name: 'admin' },
    },
  },
};

describe('drift is corrected:', () => {
  test.each(Object.entries(drifts))('%s', async (_, drift) => {
    await playground.quay.apply(organization, drift, () => '');
    const healed = await converge([full]);
    expect(wordsOf(healed, organization)).not.toEqual([]);
    expect(healed.organizations[0]?.failed).toEqual([]);
    expect(wordsOf(await converge([full]), organization)).toEqual([]);
  });

  test.each(['quota', 'autoPrune', 'immutability'] as const)('a lost %s', async (what) => {
    const observation = await playground.quay.observe(organization, everything({ teams: [], repositories: [] }));
    if (observation.state !== 'Observed') throw new Error('not observed');
    const { quota, autoPrune = [], immutability = [] } = observation.organization;
    const changes: Record<typeof what, Change[]> = {
      quota: quota == null ? [] : [{ type: 'DeleteQuota', id: quota.id }],
      autoPrune: autoPrune.map(({ uuid, ...policy }) => ({ type: 'DeleteAutoPrune', uuid, policy })),
      immutability: immutability.map(({ uuid, tagPattern }) => ({ type: 'DeleteImmutability', uuid, tagPattern })),
    };
    expect(changes[what]).toHaveLength(1);
    for (const change of changes[what]) await playground.quay.apply(organization, change, () => '');
    const healed = await converge([full]);
    expect(wordsOf(healed, organization)).not.toEqual([]);
    expect(healed.organizations[0]?.failed).toEqual([]);
    expect(wordsOf(await converge([full]), organization)).toEqual([]);
  });

  test('a secret that changed, which Quay cannot show', async () => {
    secrets = { 'hooks/url': 'https://hooks.example.com/2', 'mirror/password': 'second' };
    const healed = await converge([full]);
    expect(wordsOf(healed, organization)).toEqual([
      'change password of the mirror mirrored, with Secret mirror (key password)',
      'notify webhook of repo_push in web (hook), with Secret hooks (key url)',
      'remove notification hook of web',
    ]);
    expect(healed.organizations[0]?.failed).toEqual([]);
    expect(JSON.stringify(healed)).not.toMatch(/second|hooks\.example\.com/);
    expect(wordsOf(await converge([full]), organization)).toEqual([]);
  });
});

test('what is no longer declared is removed, what others created stays', async () => {
  await playground.quay.apply(organization, { type: 'CreateRobot', robot: 'manual', description: '' }, () => '');
  const { plan, failed } = (await converge([document('demo')])).organizations[0] ?? {};
  // Its configuration stays in Quay, so Quay keeps its robot; the robot is stated here.
  expect(failed).toEqual([]);
  expect(plan?.changes.map(({ words }) => words)).toContain('delete team developers');
  const observation = await playground.quay.observe(organization, nothingMore);
  if (observation.state !== 'Observed') throw new Error('not observed');
  const { robots, teams, repositories, quota } = observation.organization;
  expect(robots.map(({ name }) => name).sort()).toEqual(['builder', 'default', 'deployer', 'manual']);
  expect(teams.map(({ name }) => name).sort()).toEqual(['owners', 'quayside']);
  expect(repositories.map(({ name }) => name).sort()).toEqual(['mirrored', 'web']);
  expect(quota).toBeNull();
  expect(wordsOf(await converge([document('demo')]), organization)).toEqual([]);
});
