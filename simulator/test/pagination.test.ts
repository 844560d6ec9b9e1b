import { expect, test } from '@jest/globals';
import { type Simulator } from '../src/index.js';
import { createOrganization, createRepository, send } from './client.js';
import { simulators } from './running.js';

const start = simulators();

interface Page {
  readonly repositories: readonly { readonly name: string }[];
  readonly next_page?: string;
}

async function page(simulator: Simulator, query: string): Promise<Page> {
  return (await send(simulator, `GET /api/v1/repository?${query}`)).body as Page;
}

async function withRepositories(count: number): Promise<Simulator> {
  const simulator = await start();
  await createOrganization(simulator, 'acme');
  for (let index = 0; index < count; index += 1) await createRepository(simulator, 'acme', `r${index}`);
  return simulator;
}

test('205 repositories come as 100, 100 and 5', async () => {
  const simulator = await withRepositories(205);
  const sizes: number[] = [];
  const names = new Set<string>();
  let token: string | undefined;
  do {
    const { repositories, next_page: next } = await page(
      simulator,
      `namespace=acme${token ? `&next_page=${token}` : ''}`,
    );
    sizes.push(repositories.length);
    for (const { name } of repositories) names.add(name);
    token = next;
  } while (token !== undefined);
  expect(sizes).toEqual([100, 100, 5]);
  expect(names.size).toBe(205);
});

test.each(['nonsense', 'MTAw', '%00', 'A'.repeat(300)])(
  'a token that nobody issued (%s) means page one',
  async (token) => {
    const simulator = await withRepositories(2);
    expect((await page(simulator, `namespace=acme&next_page=${token}`)).repositories).toHaveLength(2);
  },
);

test('a token of another server means page one', async () => {
  const other = await withRepositories(101);
  const { next_page: foreign } = await page(other, 'namespace=acme');
  const simulator = await withRepositories(2);
  expect((await page(simulator, `namespace=acme&next_page=${foreign ?? ''}`)).repositories).toHaveLength(2);
});

test('a token is good for two days', async () => {
  let now = new Date('2026-11-21T00:00:00Z');
  const simulator = await start({ clock: () => now });
  for (const name of ['one', 'two', 'three']) await createOrganization(simulator, name);
  const list = async (query: string): Promise<{ organizations: { name: string }[]; next_page?: string }> =>
    (await send(simulator, `GET /api/v1/superuser/organizations/?limit=2${query}`)).body as never;
  const { next_page: token = '' } = await list('');
  expect((await list(`&next_page=${token}`)).organizations.map(({ name }) => name)).toEqual(['three']);
  now = new Date('2026-11-23T00:00:01Z');
  expect((await list(`&next_page=${token}`)).organizations.map(({ name }) => name)).toEqual(['one', 'two']);
});

test('no two tokens are alike', async () => {
  const simulator = await withRepositories(101);
  const tokens = [await page(simulator, 'namespace=acme'), await page(simulator, 'namespace=acme')];
  expect(new Set(tokens.map(({ next_page: token }) => token)).size).toBe(2);
});
