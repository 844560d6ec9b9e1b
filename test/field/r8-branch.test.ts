import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
import { mayStart } from '../../src/git/transport/other-branches.js';
import {
  author,
  bareRepository,
  git,
  message,
  removeTemporary,
  temporaryFolder,
  writes,
} from '../support/temporary.js';

afterAll(removeTemporary);

const asRemote = async (bare: string, branch: string) =>
  openRepository({ url: bare, cacheFolder: await temporaryFolder(), branch });
const asFolder = (bare: string, branch: string) => openRepository({ embedded: bare, branch });

async function put(repository: StateRepository): Promise<void> {
  const base = await repository.head();
  const commit = await repository.commit(base, writes({ a: '1' }), message('Put'), author);
  expect(await repository.push(commit, base)).toBe('pushed');
}

/** Fills a bare repository with these branches; the first becomes its default. */
async function withBranches(bare: string, ...branches: readonly string[]): Promise<void> {
  const clone = join(await temporaryFolder(), 'clone');
  await git('/', 'clone', '--quiet', bare, clone);
  await writeFile(join(clone, 'readme'), 'ours');
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--quiet', '--message', 'By hand');
  for (const branch of branches) await git(clone, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
  await git(bare, 'symbolic-ref', 'HEAD', `refs/heads/${branches[0]}`);
}

const branchesOf = (bare: string) => git(bare, 'for-each-ref', '--format=%(refname)');

describe.each([
  ['a remote', asRemote],
  ['a folder that somebody else made', asFolder],
])('R8: the branch of %s', (_, open) => {
  test('may be written with its full name', async () => {
    const bare = await bareRepository();
    const repository = await open(bare, 'refs/heads/state');
    expect(repository.branch).toBe('state');
    await put(repository);
    expect(await branchesOf(bare)).toBe('refs/heads/state\n');
  });

  test.each(['HEAD', 'refs/heads/HEAD', 'FETCH_HEAD', 'refs/tags/v1', 'refs/remotes/origin/main'])(
    'cannot be %s',
    async (branch) => {
      const bare = await bareRepository();
      await expect(open(bare, branch)).rejects.toMatchObject({ code: 'InvalidInput', retryable: false });
    },
  );

  test('is not started beside others, and the default is named', async () => {
    const bare = await bareRepository();
    await withBranches(bare, 'master', 'docs');
    const repository = await open(bare, 'main');
    await expect(repository.head()).rejects.toMatchObject({
      code: 'GitBranchMissing',
      retryable: false,
      message: expect.stringContaining('has no branch main; its default branch is master') as unknown,
      hint: expect.stringContaining('git push origin origin/master:refs/heads/main') as unknown,
    });
    expect(await branchesOf(bare)).toBe('refs/heads/docs\nrefs/heads/master\n');
  });

  test('is not started beside others where none of them is the default', async () => {
    const bare = await bareRepository();
    await withBranches(bare, 'b1', 'b2', 'b3', 'b4', 'b5', 'b6');
    await git(bare, 'symbolic-ref', 'HEAD', 'refs/heads/trunk');
    await expect((await open(bare, 'main')).head()).rejects.toMatchObject({
      message: expect.stringContaining('its branches are b1, b2, b3, b4, b5 and 1 more') as unknown,
    });
  });

  test('is used once somebody has made it as the hint says', async () => {
    const bare = await bareRepository();
    await withBranches(bare, 'master');
    const repository = await open(bare, 'state');
    await expect(repository.head()).rejects.toMatchObject({ code: 'GitBranchMissing' });
    await git(bare, 'branch', 'state', 'master');
    await put(repository);
    expect(await git(bare, 'merge-base', 'master', 'state')).toBe(await git(bare, 'rev-parse', 'master'));
  });

  test('is started where there are tags and other refs alone', async () => {
    const bare = await bareRepository();
    await withBranches(bare, 'gone');
    await git(bare, 'update-ref', 'refs/quayside/applied/x', 'gone');
    await git(bare, 'tag', 'v1', 'gone');
    await git(bare, 'update-ref', '-d', 'refs/heads/gone');
    await put(await open(bare, 'main'));
  });
});

describe('R8: a remote that is missing the branch', () => {
  test('is no remote that can be pushed to', async () => {
    const bare = await bareRepository();
    await withBranches(bare, 'master');
    expect(await (await asRemote(bare, 'main')).canPush()).toMatchObject({ code: 'GitBranchMissing' });
  });
});

describe('R8: a folder that Quayside made', () => {
  test('takes a branch for each integration that asks for one', async () => {
    const bare = join(await temporaryFolder(), 'state.git');
    await put(await asFolder(bare, 'main'));
    await put(await asFolder(bare, 'second'));
    expect(await branchesOf(bare)).toBe('refs/heads/main\nrefs/heads/second\n');
  });
});

test('R8: a branch that somebody else started between two questions is read, and not refused', () => {
  const id = '0'.repeat(40);
  const started = `ref: refs/heads/main\tHEAD\n${id}\tHEAD\n${id}\trefs/heads/main\n`;
  expect(mayStart('main', '', 'the remote')).toBe(true);
  expect(mayStart('main', started, 'the remote')).toBe(false);
  expect(() => mayStart('state', started, 'the remote')).toThrow('its default branch is main');
});
