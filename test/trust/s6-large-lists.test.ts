import { afterEach, describe, expect, test } from '@jest/globals';
import { resourceTypes } from '../../src/kube/index.js';
import { listAll, type ListRequest } from '../../src/kube/live/list.js';
import { limits } from '../../src/limits/index.js';
import { pullSecretState } from '../../src/pull-secrets/pull-secret-state.js';
import { clientAt } from '../support/client-at.js';
import { fakeApiServer, type FakeApiServer } from '../support/fake-api-server.js';

const mebibyte = 1024 * 1024;
let server: FakeApiServer;
afterEach(async () => server.close());

/** An API server with objects of these sizes, in pages as they are asked for. */
async function listed(sizes: readonly number[]): Promise<{ found: readonly string[]; pages: readonly string[] }> {
  server = await fakeApiServer((_, query) => {
    const from = Number(query.get('continue') ?? 0);
    const to = from + Number(query.get('limit') ?? sizes.length);
    const items = sizes
      .slice(from, to)
      .map((size, at) => ({ metadata: { name: `n${from + at}` }, spec: { text: 'x'.repeat(size) } }));
    const more = to < sizes.length ? { continue: String(to) } : {};
    return [200, { items, metadata: { resourceVersion: '1', ...more } }];
  });
  const client = clientAt(server.kubeconfig);
  try {
    const keep: ListRequest<string>['keep'] = ({ metadata }) => (metadata as { name: string }).name;
    const list = await listAll(client.call, { resource: 'secrets', path: '/api/v1/secrets', keep });
    if (!('items' in list)) throw new Error(JSON.stringify(list.answer));
    const pages = server.requests.map(({ path }) => new URL(path, server.url).searchParams.get('limit') ?? '');
    return { found: list.items, pages };
  } finally {
    await client.close();
  }
}

describe('S6: objects that a tenant made large', () => {
  test('S6: are listed in pages that fit into memory, each of them once', async () => {
    const sizes = Array.from({ length: 60 }, () => mebibyte);
    const { found, pages } = await listed(sizes);
    expect(found).toEqual(sizes.map((_, at) => `n${at}`));
    expect(pages.slice(0, 3)).toEqual(['500', '62', '7']);
    expect(pages).toHaveLength(2 + Math.ceil(60 / 7));
  });

  test('S6: cost nothing where there are none', async () => {
    const { found, pages } = await listed(Array.from({ length: 600 }, () => 100));
    expect([found.length, pages]).toEqual([600, ['500', '500']]);
  });

  test('S6: are not kept: a pull secret of ours has one login', async () => {
    server = await fakeApiServer(() => undefined);
    const auths = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`quay${at}.example.com`, { auth: 'YTpi' }]));
    const stateOf = (count: number) =>
      pullSecretState({
        ...resourceTypes.secret,
        metadata: { namespace: 'shop', name: 'builder' },
        stringData: { '.dockerconfigjson': JSON.stringify({ auths: auths(count) }) },
      });
    expect(stateOf(3).entries).toHaveLength(3);
    expect(stateOf(limits.pullSecretBytes / 20).entries).toEqual([]);
  });
});
