import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
import { startGitServer } from '../git/http-server.js';
import { bareRepository, git, personCommits, removeTemporary, temporaryFolder } from '../support/temporary.js';

afterAll(removeTemporary);

const unsupported = { code: 'GitFormatUnsupported', retryable: false };

async function sha256(filled: boolean): Promise<string> {
  const bare = join(await temporaryFolder(), 'state.git');
  await git('/', 'init', '--quiet', '--bare', '--object-format=sha256', '--initial-branch=main', bare);
  if (filled) {
    const empty = (await git(bare, 'hash-object', '-t', 'tree', '-w', '/dev/null')).trim();
    const commit = (await git(bare, 'commit-tree', '-m', 'By hand', empty)).trim();
    await git(bare, 'update-ref', 'refs/heads/main', commit);
  }
  return bare;
}

type Work = (repository: StateRepository) => Promise<unknown>;

async function overFile(bare: string, work: Work): Promise<void> {
  await work(await openRepository({ url: `file://${bare}`, cacheFolder: await temporaryFolder() }));
}

async function overHttp(bare: string, work: Work): Promise<void> {
  const server = await startGitServer({ repository: bare });
  try {
    await work(await openRepository({ url: server.url, cacheFolder: await temporaryFolder() }));
  } finally {
    await server.close();
  }
}

async function embedded(bare: string, work: Work): Promise<void> {
  await work(await openRepository({ embedded: bare }));
}

describe.each([
  ['an embedded repository', embedded],
  ['a remote folder', overFile],
  ['a remote over HTTP', overHttp],
])('R15: %s with SHA-256', (_, open) => {
  test.each([
    ['that is empty', false],
    ['that has commits', true],
  ])('%s is refused before anything is written', async (_, filled) => {
    await open(await sha256(filled), async (repository) => {
      await expect(repository.head()).rejects.toMatchObject(unsupported);
    });
  });
});

describe('R15: another format', () => {
  test('that this git does not know is refused', async () => {
    const bare = await bareRepository();
    const config = await readFile(join(bare, 'config'), 'utf8');
    const extended = config.replace('repositoryformatversion = 0', 'repositoryformatversion = 1');
    await writeFile(join(bare, 'config'), `${extended}[extensions]\n\tfromTheFuture = true\n`);
    await embedded(bare, (repository) => expect(repository.head()).rejects.toMatchObject(unsupported));
  });

  test.each([
    ['the empty remote', false],
    ['the remote with commits', true],
  ])('is not what %s with SHA-1 is taken for', async (_, filled) => {
    const bare = await bareRepository();
    if (filled) await personCommits(bare, (clone) => writeFile(join(clone, 'a'), '1'));
    for (const open of [overFile, overHttp]) {
      await open(bare, async (repository) => expect((await repository.head()) !== undefined).toBe(filled));
    }
  });
});
