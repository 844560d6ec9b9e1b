import { describe, expect, test } from '@jest/globals';
import { planOrganization, type ObservedOrganization, type PlanInput, type Risk } from '../../src/plan/index.js';
import { found, declared, threeRobots } from './declared.js';

const plan = (spec: object, observed: ObservedOrganization | undefined, more: Partial<PlanInput> = {}) =>
  planOrganization({ spec: declared(spec), observed, origin: 'created', ...more });
const words = (made: ReturnType<typeof plan>): readonly string[] => made.changes.map((change) => change.words);
const ours = (...managedItems: string[]): Pick<PlanInput, 'inventory'> => ({
  inventory: { origin: 'created', managedItems },
});
const repository = (name: string, changes = {}) =>
  ({ name, visibility: 'private', description: '', state: 'NORMAL', ...changes }) as const;

describe('a cold plan', () => {
  test('is in the order in which it is safe to apply, and leaves permissions to the default permissions', () => {
    const repositories = [{ name: 'web', source: 'ImageStream' }, { name: 'api' }];
    expect(words(plan({ robots: threeRobots, repositories }, undefined, { marker: 'mark' }))).toEqual([
      'create the organization',
      'write the ownership marker of Quayside',
      'create robot builder',
      'create robot default',
      'create robot deployer',
      'give robot builder write on new repositories',
      'give robot default read on new repositories',
      'give robot deployer read on new repositories',
      'create private repository api',
      'create private repository web',
    ]);
  });

  test('leaves out what Quay does not offer, and says so', () => {
    const none = {
      quota: false,
      quotaLimits: false,
      autoPrune: false,
      immutability: false,
      mirror: false,
      proxyCache: false,
      teamSync: false,
      tagExpiration: false,
    };
    const made = plan(
      {
        quota: { size: '1Gi' },
        autoPrune: [{ numberOfTags: 1 }],
        proxyCache: { upstreamRegistry: 'registry.example.com' },
        repositories: [{ name: 'web', immutability: [{ tagPattern: 'v' }] }],
      },
      undefined,
      { offers: none },
    );
    expect(words(made)).toEqual(['create the organization', 'create private repository web']);
    expect(made.skipped.map(({ what, reason }) => `${what} ${reason}`)).toEqual([
      'autoPrune/* FeatureDisabled',
      'immutability/web FeatureDisabled',
      'proxyCache FeatureDisabled',
      'quota FeatureDisabled',
    ]);
  });
});

test('a team that follows a group already, which only superusers see, is left as it is', () => {
  const teams = [{ name: 'devs', role: 'member' as const, description: '', members: [], synced: true }];
  const spec = { teams: [{ name: 'devs', role: 'member', sync: { groupName: 'x' } }] };
  const made = plan(spec, found({ teams }), ours('team/devs'));
  expect(made.changes).toEqual([]);
  expect(made.skipped.map(({ what, reason }) => `${what} ${reason}`)).toEqual(['team/devs/sync ImmutableField']);
});

describe('what exists already', () => {
  const robots = [{ name: 'builder', description: 'mine', repositories: ['old'] }];

  test('gets the permissions that are missing on repositories which default permissions never reached', () => {
    const made = plan(
      { robots: [{ name: 'builder', role: 'write' }], repositories: [{ name: 'old' }, { name: 'older' }] },
      found({
        robots,
        repositories: [repository('old'), repository('older')],
        defaultPermissions: [{ id: '1', kind: 'robot', name: 'builder', creator: '', role: 'write' }],
      }),
    );
    expect(words(made)).toEqual(['give robot builder write on older']);
  });

  test('keeps a description that Quay cannot change, and says so', () => {
    const made = plan({ robots: [{ name: 'builder', description: 'ours' }] }, found({ robots }));
    expect(words(made)).toEqual([]);
    expect(made.skipped).toEqual([expect.objectContaining({ what: 'robot/builder', reason: 'ImmutableField' })]);
  });

  test('keeps one default permission of several, and the right one', () => {
    const group = (['read', 'write', 'admin'] as const).map((role, index) => ({
      ...{ id: String(index), kind: 'robot' as const, name: 'builder', creator: '' },
      role,
    }));
    const made = plan({ robots: [{ name: 'builder', role: 'write' }] }, found({ robots, defaultPermissions: group }));
    expect(words(made)).toEqual([
      'no longer give robot builder read on new repositories',
      'no longer give robot builder admin on new repositories',
    ]);
  });

  test('never loses the team of the owners, and never sees it demoted', () => {
    const teams = [{ name: 'owners', role: 'admin' as const, description: '', members: ['automation'], synced: false }];
    const made = plan({ teams: [{ name: 'owners', role: 'member', sync: { groupName: 'x' } }] }, found({ teams }));
    expect(words(made)).toEqual([]);
    expect(made.skipped.map(({ reason }) => reason)).toEqual(['NameReserved', 'NameReserved']);
    const managedItems = ['team/owners', 'team/owners/member/automation', 'team/owners/sync'];
    expect(words(plan({}, found({ teams }), { ...ours(...managedItems), tokenUser: 'automation' }))).toEqual([]);
  });

  test('has a team of Quayside that no document may declare', () => {
    const made = plan({ teams: [{ name: 'quayside', role: 'admin', members: ['ann'] }] }, found());
    expect(words(made)).toEqual([]);
    expect(made.skipped).toEqual([expect.objectContaining({ what: 'team/quayside', reason: 'NameReserved' })]);
  });

  test('is not narrowed when it was adopted', () => {
    const made = plan(
      { robots: [{ name: 'builder', role: 'read' }], repositories: [{ name: 'old' }] },
      found({
        robots: [
          {
            ...robots[0],
            name: 'builder',
            description: '',
            repositories: ['old'],
            permissions: [{ repository: 'old', role: 'admin' }],
          },
        ],
        repositories: [repository('old')],
        defaultPermissions: [{ id: '1', kind: 'robot', name: 'builder', creator: '', role: 'write' }],
      }),
      { origin: 'adopted' },
    );
    expect(words(made)).toEqual([]);
    expect(made.skipped.map(({ what, reason }) => `${what} ${reason}`)).toEqual([
      'defaultPermission/robot/builder PreservedOnAdoption',
      'permission/old/robot/builder PreservedOnAdoption',
    ]);
  });
});

describe('what is no longer declared', () => {
  test('goes in an order in which nothing is missed, and takes its rights along', () => {
    const observed = found({
      robots: [{ name: 'builder', description: '', repositories: ['web'] }],
      repositories: [repository('web', { notifications: [] })],
      defaultPermissions: [{ id: '1', kind: 'robot', name: 'builder', creator: '', role: 'write' }],
      quota: { id: 7, bytes: 1024, limits: [] },
    });
    const made = plan(
      {},
      observed,
      ours('robot/builder', 'defaultPermission/robot/builder', 'quota', 'imageStream/web'),
    );
    expect(words(made)).toEqual(['delete robot builder and its token', 'remove the quota']);
    expect(made.candidates).toEqual(['web']);
    expect(words(plan({}, observed, ours()))).toEqual([]);
  });

  test('leaves a robot with a role what it had on a repository that is kept', () => {
    const observed = found({
      robots: [{ name: 'default', description: '', repositories: ['web'] }],
      repositories: [repository('web')],
      defaultPermissions: [{ id: '1', kind: 'robot', name: 'default', creator: '', role: 'read' }],
    });
    const managedItems = ['robot/default', 'role/default', 'defaultPermission/robot/default', 'imageStream/web'];
    expect(words(plan({ robots: [{ name: 'default', role: 'read' }] }, observed, ours(...managedItems)))).toEqual([]);
    expect(words(plan({ robots: [{ name: 'default' }] }, observed, ours(...managedItems)))).toEqual([
      'take robot default off web',
      'no longer give robot default read on new repositories',
    ]);
  });

  test('keeps a robot that a mirror was set up with, since Quay would refuse', () => {
    const mirror = {
      ...{ externalReference: 'x', tags: ['a'], robot: 'builder', intervalSeconds: 60, enabled: false },
      ...{ verifyTLS: true, unsignedImages: false, proxy: {} },
    };
    const observed = found({
      robots: [{ name: 'builder', description: '', repositories: ['web'] }],
      repositories: [repository('web', { mirror })],
    });
    const made = plan({}, observed, ours('robot/builder'));
    expect(words(made)).toEqual([]);
    expect(made.skipped).toEqual([expect.objectContaining({ what: 'robot/builder', reason: 'ImmutableField' })]);
  });
});

describe('risk', () => {
  const one = (spec: object, observed: ObservedOrganization, more: Partial<PlanInput> = {}): readonly Risk[] =>
    plan(spec, observed, more).changes.map(({ risk }) => risk);
  const web = repository('web', { userPermissions: [{ name: 'ann', role: 'read' }], mirror: null, autoPrune: [] });
  const base = found({
    repositories: [web],
    quota: { id: 1, bytes: 2048, limits: [{ id: 2, type: 'Reject', percent: 90 }] },
  });

  test.each<[string, object, Risk]>([
    ['a robot', { robots: [{ name: 'builder' }] }, 'additive'],
    [
      'a permission of a user',
      { repositories: [{ name: 'web', permissions: [{ kind: 'user', name: 'bob', role: 'read' }] }] },
      'widening',
    ],
    [
      'a raised permission',
      { repositories: [{ name: 'web', permissions: [{ kind: 'user', name: 'ann', role: 'write' }] }] },
      'widening',
    ],
    [
      'a robot that is admin of new repositories',
      { defaultPermissions: [{ kind: 'robot', name: 'x', role: 'admin' }] },
      'widening',
    ],
    ['a public repository', { repositories: [{ name: 'web', visibility: 'public' }] }, 'widening'],
    ['a larger quota', { quota: { size: '4Ki' } }, 'widening'],
    ['a smaller quota', { quota: { size: '1Ki' } }, 'change'],
    ['pruning', { autoPrune: [{ numberOfTags: 3 }] }, 'destructive'],
    ['immutability', { immutability: [{ tagPattern: 'v' }] }, 'destructive'],
    ['a description', { repositories: [{ name: 'web', description: 'x' }] }, 'change'],
  ])('of %s', (_, spec, risk) => {
    expect(one(spec, base)).toEqual([risk]);
  });

  test('of a limit that goes, and of a robot that goes', () => {
    expect(one({ quota: { size: '2Ki' } }, base, ours('quota', 'quota/Reject/90'))).toEqual(['widening']);
    const robots = [{ name: 'builder', description: '', repositories: [] }];
    expect(one({}, found({ robots }), ours('robot/builder'))).toEqual(['destructive']);
  });
});
