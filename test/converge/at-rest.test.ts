import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { TerminalError } from '../../src/errors/index.js';
import { document, openPlayground, wordsOf, type Playground } from './playground.js';

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
    'tell webhook of repo_push in web (surplus)',
  );
});
