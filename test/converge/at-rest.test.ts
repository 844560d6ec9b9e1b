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
