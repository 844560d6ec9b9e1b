import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
import { readPushAnswer } from '../../src/git/transport/push-answer.js';
import { publish } from '../../src/publish/index.js';
import { startGitServer } from '../git/http-server.js';
import { author, git, message, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';

afterAll(removeTemporary);

const branch = 'refs/heads/main';
const record = 'refs/quayside/applied/openshift/quay/host';
const damaged = { code: 'GitRepositoryCorrupt', retryable: false };

async function put(repository: StateRepository, text: string): Promise<string> {
  const base = await repository.head();
  const commit = await repository.commit(base, writes({ a: text }), message('Put'), author);
  expect(await repository.push(commit, base)).toBe('pushed');
  return commit;
}

/** An embedded repository with a branch and a record, both as files. */
async function embedded(): Promise<{ readonly bare: string; readonly repository: StateRepository; commit: string }> {
  const bare = join(await temporaryFolder(), 'state.git');
  const repository = await openRepository({ embedded: bare });
  const commit = await put(repository, '1');
  await repository.writeRef(record, commit, undefined);
  return { bare, repository, commit };
}

/** What a power cut, a full disk or a careless copy leaves. */
const damages: readonly (readonly [string, (bare: string, ref: string) => Promise<unknown>])[] = [
  ['0 bytes', (bare, ref) => writeFile(join(bare, ref), '')],
  ['zero bytes alone', (bare, ref) => writeFile(join(bare, ref), Buffer.alloc(41))],
  ['half an id', (bare, ref) => writeFile(join(bare, ref), '0123456789abcdef\n')],
  [
    '0 bytes in front of a packed one',
    async (bare, ref) => {
      await git(bare, 'pack-refs', '--all');
      await mkdir(dirname(join(bare, ref)), { recursive: true });
      await writeFile(join(bare, ref), '');
    },
  ],
  [
    'a line that is none among packed ones',
    async (bare) => {
      await git(bare, 'pack-refs', '--all');
      await writeFile(join(bare, 'packed-refs'), 'garbage\n');
    },
  ],
];

describe.each(damages)('S12: a ref of %s in an embedded repository', (_, damage) => {
  test('is no absent branch: nothing is published over it', async () => {
    const { bare, repository } = await embedded();
    const other = await repository.commit(undefined, writes({ b: '2' }), message('Anew'), author);
    await damage(bare, branch);
    await expect(repository.head()).rejects.toMatchObject(damaged);
    await expect(repository.push(other, undefined)).rejects.toMatchObject(damaged);
  });

  test('is no absent record', async () => {
    const { bare, repository, commit } = await embedded();
    await damage(bare, record);
    await expect(repository.readRef(record)).rejects.toMatchObject(damaged);
    await expect(repository.writeRef(record, commit, undefined)).rejects.toMatchObject(damaged);
  });
});

test('S12: publishing to an unreadable branch ends at once, and does not wait for other writers', async () => {
  const { bare, repository } = await embedded();
  await writeFile(join(bare, branch), '');
  const publishing = publish({
    repository,
    render: () => Promise.reject(new Error('it must not come so far')),
    message: () => message('Any'),
    author,
    delay: () => Promise.reject(new Error('it must not wait')),
  });
  await expect(publishing).rejects.toMatchObject(damaged);
});

test('S12: a ref that is a link into nothing is no absent one', async () => {
  const { bare, repository } = await embedded();
  for (const ref of [branch, record]) {
    await rm(join(bare, ref));
    await symlink('/nowhere/at all', join(bare, ref));
  }
  await expect(repository.head()).rejects.toMatchObject(damaged);
  await expect(repository.readRef(record)).rejects.toMatchObject(damaged);
});

test('S12: a ref that was never made is absent all the same', async () => {
  const { bare, repository } = await embedded();
  expect(await repository.readRef('refs/quayside/applied/other')).toBeUndefined();
  expect(await repository.readRef(dirname(record))).toBeUndefined();
  expect(await repository.readRef(`${record}/deeper`)).toBeUndefined();
  await git(bare, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/unborn');
  const alias = await openRepository({ embedded: bare, branch: 'alias' });
  expect(await alias.head()).toBeUndefined();
});

describe('S12: the server of a remote', () => {
  test.each([
    ['over file', false],
    ['over HTTP', true],
  ])('that cannot read a ref has no absent one, %s', async (_, http) => {
    const { bare, commit } = await embedded();
    const server = http ? await startGitServer({ repository: bare }) : undefined;
    const url = server?.url ?? bare;
    try {
      const repository = await openRepository({ url, cacheFolder: await temporaryFolder() });
      await repository.head();
      await writeFile(join(bare, record), '');
      await expect(repository.readRef(record)).rejects.toMatchObject(damaged);
      await writeFile(join(bare, record), `${commit}\n`);
      await writeFile(join(bare, branch), '');
      await expect(repository.head()).rejects.toMatchObject(damaged);
      expect(await repository.canPush()).toMatchObject(damaged);
    } finally {
      await server?.close();
    }
  });

  test('that finds it out at the push says so', () => {
    const line = "!\tabc:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': reference broken)";
    expect(() => readPushAnswer(line, '', 'there')).toThrow('there is damaged on its server');
  });
});

describe('S12: the copy of a remote', () => {
  test.each([branch, record])('is made anew when its memory of %s cannot be read', async (ref) => {
    const { bare, commit } = await embedded();
    const cacheFolder = await temporaryFolder();
    const open = () => openRepository({ url: bare, cacheFolder });
    const repository = await open();
    await repository.head();
    await repository.readRef(record);
    const [copy = ''] = await readdir(cacheFolder);
    await writeFile(join(cacheFolder, copy, ref.replace('refs/', 'refs/seen/')), '');
    const again = await open();
    expect((await again.head())?.commit).toBe(commit);
    expect(await again.readRef(record)).toBe(commit);
    expect((await (await again.at(commit))?.read(['a']))?.get('a')).toBe('1');
  });
});
