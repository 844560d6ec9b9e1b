import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { TerminalError } from '../../src/errors/index.js';
import { planDocuments } from '../../src/plan/index.js';
import { document, openPlayground, wordsOf, type Playground } from '../fixtures/playground.js';

const organization = 'openshift_demo';
let playground: Playground;

beforeEach(async () => {
  playground = await openPlayground();
});
afterEach(() => playground.close());

test('a secret that cannot be read for once changes nothing, then or later', async () => {
  const wanted = document('demo', [], {
    proxyCache: {
      upstreamRegistry: 'registry.example.com',
      username: 'reader',
      passwordSecretRef: { name: 'cache', key: 'password' },
    },
    repositories: [
      {
        name: 'web',
        notifications: [
          { title: 'hook', event: 'repo_push', method: 'webhook', urlSecretRef: { name: 'hooks', key: 'url' } },
        ],
      },
    ],
  });
  const secrets = (): string => 'https://hooks.example.com/1';
  const unreadable = (): never => {
    throw new TerminalError('CredentialsMissing', 'the API server answered 503');
  };
  const first = await playground.converge([wanted], { secrets });
  expect(first.organizations[0]?.failed).toEqual([]);
  const kept = playground.inventories.get(organization);
  expect(Object.keys(kept?.secretHashes ?? {})).toEqual(['notification/web/hook', 'proxyCache']);
  expect(wordsOf(await playground.converge([wanted], { secrets: unreadable }), organization)).toEqual([]);
  expect(playground.inventories.get(organization)).toEqual(kept);
  expect(wordsOf(await playground.converge([wanted], { secrets }), organization)).toEqual([]);
});

test('what the method of a notification does not take says nothing', async () => {
  const hook = { event: 'repo_push', method: 'webhook', urlSecretRef: { name: 'hooks', key: 'url' } };
  const target = { kind: 'team', name: 'owners' };
  const told = { event: 'repo_push', method: 'quay_notification', target };
  const notifications = [
    { ...hook, title: 'empty', template: '' },
    { ...hook, title: 'surplus', template: '{}', email: 'a@example.com', target },
    { ...hook, title: 'chat', method: 'slack', template: '{}' },
    { ...told, title: 'mail too', email: 'a@example.com', template: '{}' },
  ];
  const wanted = document('demo', [], { repositories: [{ name: 'web', notifications }] });
  const secrets = (): string => 'https://hooks.example.com/1';
  const first = await playground.converge([wanted], { secrets });
  expect(first.organizations[0]?.failed).toEqual([]);
  expect(wordsOf(await playground.converge([wanted], { secrets }), organization)).toEqual([]);
  const other = { ...hook, title: 'surplus', template: '{"a":1}' };
  const changed = document('demo', [], { repositories: [{ name: 'web', notifications: [other] }] });
  expect(wordsOf(await playground.converge([changed], { secrets }), organization)).toContain(
    'notify webhook of repo_push in web (surplus), with Secret hooks (key url)',
  );
});

test('a mirror that goes together with its robot leaves both behind, and says why', async () => {
  const mirror = (robot: string) => ({
    robots: [{ name: robot, role: 'write' }],
    repositories: [
      {
        name: 'web',
        mirror: { externalReference: 'registry.example.com/library/nginx', tags: ['latest'], robot },
      },
    ],
  });
  const declared = document('demo', [], mirror('scanner'));
  const bare = document('demo', [], { robots: [], repositories: [{ name: 'web' }] });
  expect((await playground.converge([declared])).organizations[0]?.failed).toEqual([]);
  expect(wordsOf(await playground.converge([bare]), organization)).toContain('stop mirroring into web');

  const { plan, failed } = (await playground.converge([bare])).organizations[0] ?? {};
  expect(failed).toEqual([]);
  expect(plan?.changes).toEqual([]);
  expect(plan?.skipped).toEqual([
    expect.objectContaining({ what: 'robot/scanner', message: expect.stringContaining('the mirror web') }),
  ]);

  // It is still ours: stated again it runs, and no longer declared it stops.
  expect(wordsOf(await playground.converge([declared]), organization)).toContain('change enabled of the mirror web');
  expect(wordsOf(await playground.converge([bare]), organization)).toContain('stop mirroring into web');
  const other = document('demo', [], mirror('other'));
  expect((await playground.converge([other])).organizations[0]?.failed).toEqual([]);
  expect(wordsOf(await playground.converge([other]), organization)).toEqual(['delete robot scanner and its token']);
  expect(wordsOf(await playground.converge([other]), organization)).toEqual([]);
});

test('a robot may be written with its full name, as Quay shows it', async () => {
  const wanted = document('demo', [], {
    robots: [{ name: 'ci' }, { name: 'builder', role: 'write' }],
    teams: [{ name: 'developers', members: ['openshift_demo+ci'] }],
    defaultPermissions: [
      { kind: 'robot', name: 'openshift_demo+ci', role: 'write' },
      { kind: 'robot', name: 'openshift_demo+builder', role: 'admin' },
      { kind: 'team', name: 'developers', role: 'read', creator: 'openshift_demo+builder' },
    ],
    repositories: [{ name: 'web', permissions: [{ kind: 'robot', name: 'openshift_demo+ci', role: 'read' }] }],
  });
  const first = await playground.converge([wanted]);
  expect(first.organizations[0]?.failed).toEqual([]);
  expect(playground.inventories.get(organization)?.managedItems).toEqual(
    expect.arrayContaining(['defaultPermission/robot/ci', 'team/developers/member/%2Bci']),
  );
  expect(wordsOf(await playground.converge([wanted]), organization)).toEqual([]);
  expect(planDocuments(wanted.spec, wanted.spec).flatMap(({ changes }) => changes)).toEqual([]);
  const less = document('demo', [], { robots: [{ name: 'ci' }] });
  expect(wordsOf(await playground.converge([less]), organization)).toContain(
    'no longer give robot ci write on new repositories',
  );
});
