import { randomBytes } from 'node:crypto';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
import { type GitServer, startGitServer } from '../git/http-server.js';
import {
  author,
  bareRepository,
  git,
  message,
  personCommits,
  removeTemporary,
  temporaryFolder,
  writes,
} from '../support/temporary.js';

const servers: GitServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
afterAll(removeTemporary);

const token = 'canary-partial';
const mebibyte = 2 ** 20;
const state = 'clusters/a/shop.yaml';

interface Monorepo {
  readonly remote: string;
  readonly cacheFolder: string;
  readonly repository: StateRepository;
  /** How often a pack was asked for. */
  readonly packs: () => number;
  readonly bytes: () => Promise<number>;
}

/** Four mebibytes of other people's files, and one of ours. */
async function monorepo(options: {
  readonly partialFetch: boolean;
  readonly allowFilter?: boolean;
}): Promise<Monorepo> {
  const remote = await bareRepository();
  await git(remote, 'config', 'uploadpack.allowFilter', String(options.allowFilter ?? true));
  await personCommits(remote, async (clone) => {
    await mkdir(join(clone, 'clusters/a'), { recursive: true });
    for (const name of ['one', 'two', 'three', 'four']) await writeFile(join(clone, name), randomBytes(mebibyte));
    await writeFile(join(clone, state), 'robots: []\n');
  });
  let packs = 0;
  const server = await startGitServer({
    token,
    repository: remote,
    intercept: (request) => {
      if (request.method === 'POST' && request.url?.endsWith('git-upload-pack') === true) packs += 1;
      return false;
    },
  });
  servers.push(server);
  const cacheFolder = await temporaryFolder();
  const { partialFetch } = options;
  const repository = await openRepository({
    url: server.url,
    cacheFolder,
    credentials: { password: token },
    partialFetch,
  });
  return { remote, cacheFolder, repository, packs: () => packs, bytes: () => bytesIn(cacheFolder) };
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('M8: a state repository that holds much beside the state', () => {
  test('M8: is fetched without the files that nobody reads, and written to', async () => {
    const { remote, repository, bytes } = await monorepo({ partialFetch: true });
    const head = await repository.head();
    expect(await head?.read([state])).toEqual(new Map([[state, 'robots: []\n']]));
    expect((await head?.list())?.map(({ path }) => path)).toContain('four');
    const change = writes({ 'clusters/a/web.yaml': 'robots: [ci]\n' });
    const commit = await repository.commit(head, change, message('Add'), author);
    expect(await repository.push(commit, head)).toBe('pushed');
    expect(await git(remote, 'show', 'main:clusters/a/web.yaml')).toBe('robots: [ci]\n');
    expect(await bytes()).toBeLessThan(mebibyte / 4);
  });

  test('M8: brings what a person changed, all of it at once, and nothing while nothing changes', async () => {
    const { remote, repository, packs, bytes } = await monorepo({ partialFetch: true });
    const first = await (await repository.head())?.read([state]);
    expect(first?.size).toBe(1);
    const other = 'clusters/a/other.yaml';
    const pushed = await personCommits(remote, async (clone) => {
      await writeFile(join(clone, state), 'robots: [ci]\n');
      await writeFile(join(clone, other), 'robots: [cd]\n');
      await writeFile(join(clone, 'five'), randomBytes(mebibyte));
    });
    const before = packs();
    const head = await repository.head();
    expect(head?.commit).toBe(pushed);
    expect(await head?.read([state, other])).toEqual(
      new Map([
        [other, 'robots: [cd]\n'],
        [state, 'robots: [ci]\n'],
      ]),
    );
    const after = packs();
    // The list of refs, the commit, and then both files.
    expect(after - before).toBe(3);
    await (await repository.head())?.read([state, other]);
    expect(packs() - after).toBe(1);
    expect(await bytes()).toBeLessThan(mebibyte / 4);
    expect((await repository.touches(pushed, ['five'])).map(({ commit }) => commit)).toEqual([pushed]);
  });

  test('M8: is fetched whole from a server that allows nothing else', async () => {
    const { repository, bytes } = await monorepo({ partialFetch: true, allowFilter: false });
    expect((await (await repository.head())?.read([state]))?.size).toBe(1);
    expect(await bytes()).toBeGreaterThan(4 * mebibyte);
  });

  test('M8: is fetched whole where it is not asked for, also after it was', async () => {
    const partial = await monorepo({ partialFetch: true });
    await partial.repository.head();
    const { url } = servers[0] ?? { url: '' };
    const options = { url, cacheFolder: partial.cacheFolder, credentials: { password: token } };
    const whole = await openRepository(options);
    expect((await (await whole.head())?.read(['one', state]))?.size).toBe(2);
    expect(await partial.bytes()).toBeGreaterThan(4 * mebibyte);
  });
});
