import { mkdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
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

afterAll(removeTemporary);

interface Opened {
  readonly repository: StateRepository;
  /** Another view of the same repository, as another process has it. */
  readonly again: () => Promise<StateRepository>;
  /** The bare repository that holds the truth. */
  readonly bare: string;
}

async function embedded(): Promise<Opened> {
  const bare = join(await temporaryFolder(), 'deep', 'state');
  const again = () => openRepository({ embedded: bare });
  return { repository: await again(), again, bare };
}

async function remote(): Promise<Opened> {
  const bare = await bareRepository();
  const again = async () => openRepository({ url: bare, cacheFolder: await temporaryFolder() });
  return { repository: await again(), again, bare };
}

/** Commits and pushes on the newest head. */
async function put(repository: StateRepository, files: Readonly<Record<string, string>>, ...deletes: string[]) {
  const base = await repository.head();
  const commit = await repository.commit(base, writes(files, ...deletes), message('Put'), author);
  expect(await repository.push(commit, base)).toBe('pushed');
  return commit;
}

describe.each([
  ['an embedded repository', embedded],
  ['a remote', remote],
])('%s', (_, open) => {
  test('that is empty has no head, and takes a first commit', async () => {
    const { repository, bare } = await open();
    expect(await repository.head()).toBeUndefined();
    expect(await repository.log(5)).toEqual([]);
    const commit = await put(repository, { 'a/b c.yaml': 'ü: 1\n', 'a/"q".yaml': '', top: 'no newline' });
    const head = await repository.head();
    expect(head?.commit).toBe(commit);
    const entries = (await head?.sized(await head.list())) ?? [];
    expect(entries.map(({ path, mode, size }) => [path, mode, size])).toEqual([
      ['a/"q".yaml', '100644', 0],
      ['a/b c.yaml', '100644', 6],
      ['top', '100644', 10],
    ]);
    expect(await head?.read(['a/b c.yaml', 'top', 'missing'])).toEqual(
      new Map([
        ['a/b c.yaml', 'ü: 1\n'],
        ['top', 'no newline'],
      ]),
    );
    expect(await git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
    expect(await git(bare, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main\n');
  });

  test('changes and deletes files on top of others', async () => {
    const { repository } = await open();
    await put(repository, { 'a/1': '1', 'a/2': '2', 'b/3': '3' });
    await put(repository, { 'a/1': 'one', 'c/4': '4' }, 'b/3');
    const head = await repository.head();
    expect((await head?.list())?.map(({ path }) => path)).toEqual(['a/1', 'a/2', 'c/4']);
    expect((await head?.list('a/'))?.map(({ path }) => path)).toEqual(['a/1', 'a/2']);
    expect((await head?.read(['a/1']))?.get('a/1')).toBe('one');
  });

  test('makes a commit without moving anything', async () => {
    const { repository } = await open();
    await put(repository, { a: '1' });
    const base = await repository.head();
    const commit = await repository.commit(base, writes({ a: '2' }), message('Try'), author);
    expect((await repository.head())?.commit).toBe(base?.commit);
    expect((await (await repository.at(commit))?.read(['a']))?.get('a')).toBe('2');
    expect(await repository.at('0'.repeat(40))).toBeUndefined();
    expect(await repository.at('--help')).toBeUndefined();
  });

  test('rejects a push when somebody was faster, and lets the next one in', async () => {
    const { repository, again } = await open();
    await put(repository, { a: '1' });
    const other = await again();
    const base = await repository.head();
    await put(other, { b: '1' });
    const late = await repository.commit(base, writes({ c: '1' }), message('Late'), author);
    expect(await repository.push(late, base)).toBe('rejected');
    expect((await repository.head())?.commit).not.toBe(late);
    await put(repository, { c: '1' });
    expect((await (await other.head())?.list())?.map(({ path }) => path)).toEqual(['a', 'b', 'c']);
  });

  test('rejects the second of two first commits', async () => {
    const { repository, again } = await open();
    const other = await again();
    const one = await repository.commit(undefined, writes({ a: '1' }), message('One'), author);
    const two = await other.commit(undefined, writes({ b: '1' }), message('Two'), author);
    expect(await repository.push(one, undefined)).toBe('pushed');
    expect(await other.push(two, undefined)).toBe('rejected');
  });

  test('keeps message, trailers and author, whatever they contain', async () => {
    const { repository, bare } = await open();
    const text = {
      subject: 'Add 3 organizations\nand more',
      body: 'The first.\n\nThe second.',
      trailers: { 'Quayside-Cluster': 'openshift', 'Quayside-Plan': 'abc\nEvil: x' },
    };
    const base = await repository.head();
    const commit = await repository.commit(base, writes({ a: '1' }), text, { name: 'A <b>\n', email: 'x@y>' });
    await repository.push(commit, base);
    const [entry] = await repository.log(1);
    expect(entry).toMatchObject({
      commit,
      subject: 'Add 3 organizations and more',
      author: { name: 'A b', email: 'x@y' },
    });
    expect(Object.fromEntries(entry?.trailers ?? [])).toEqual({
      'Quayside-Cluster': 'openshift',
      'Quayside-Plan': 'abc Evil: x',
    });
    expect(await git(bare, 'log', '-1', '--format=%B', 'main')).toContain('The first.\n\nThe second.\n');
  });

  test('tells the history: ancestors, and the commits that touch a path', async () => {
    const { repository } = await open();
    const first = await put(repository, { a: '1' });
    const second = await put(repository, { b: '1' });
    const third = await put(repository, { a: '2' });
    expect(await repository.isAncestor(first, third)).toBe(true);
    expect(await repository.isAncestor(third, first)).toBe(false);
    expect(await repository.isAncestor('f'.repeat(40), third)).toBe(false);
    expect((await repository.log(9)).map(({ commit }) => commit)).toEqual([third, second, first]);
    expect((await repository.log(9, { path: 'a' })).map(({ commit }) => commit)).toEqual([third, first]);
    expect((await repository.log(9, { from: second, path: 'a' })).map(({ commit }) => commit)).toEqual([first]);
  });

  test('keeps refs beside the branch, moved only from where they are expected', async () => {
    const { repository, again } = await open();
    const one = await put(repository, { a: '1' });
    const two = await put(repository, { a: '2' });
    const name = 'refs/quayside/applied/openshift';
    expect(await repository.readRef(name)).toBeUndefined();
    expect(await repository.writeRef(name, one, undefined)).toBe('pushed');
    const other = await again();
    expect(await other.readRef(name)).toBe(one);
    expect((await (await other.at(one))?.read(['a']))?.get('a')).toBe('1');
    await other.head();
    expect(await other.writeRef(name, two, two)).toBe('rejected');
    expect(await other.writeRef(name, two, one)).toBe('pushed');
    expect(await repository.readRef(name)).toBe(two);
    expect(await repository.writeRef(name, undefined, one)).toBe('rejected');
    expect(await repository.writeRef(name, undefined, two)).toBe('pushed');
    expect(await other.readRef(name)).toBeUndefined();
    await expect(repository.readRef('refs/heads/../x')).rejects.toThrow('is not a name');
  });

  test.each([
    ['../out', 'contains an empty'],
    ['.git/config', 'reaches into .git'],
    ['a/../../b', 'contains an empty'],
    ['link', 'it is a symbolic link'],
    ['link/x', 'link is not a folder'],
    ['folder', 'there is a folder of that name'],
    ['file/x', 'file is not a folder'],
  ])('never writes to %s', async (path, why) => {
    const { repository, bare } = await open();
    await put(repository, { file: 'f', 'folder/x': 'x' });
    await personCommits(bare, async (clone) => symlink('/etc/passwd', join(clone, 'link')));
    const base = await repository.head();
    await expect(repository.commit(base, writes({ [path]: 'evil' }), message('Evil'), author)).rejects.toThrow(why);
  });

  test('lists a link as a link and never reads what it points to', async () => {
    const { repository, bare } = await open();
    await put(repository, { file: 'f' });
    await personCommits(bare, async (clone) => symlink('file', join(clone, 'link')));
    const head = await repository.head();
    expect((await head?.list())?.find(({ path }) => path === 'link')?.mode).toBe('120000');
    expect(await head?.read(['link', 'file'])).toEqual(new Map([['file', 'f']]));
  });

  test('gives content that is no text as it is', async () => {
    const { repository, bare } = await open();
    await put(repository, { file: 'f' });
    const bytes = Buffer.from([0xff, 0x00, 0x0a, 0x0d, 0xc3]);
    await personCommits(bare, async (clone) => writeFile(join(clone, 'odd name\t.bin'), bytes));
    const content = await (await repository.head())?.readBytes(['odd name\t.bin']);
    expect(content?.get('odd name\t.bin')).toEqual(bytes);
  });

  test('shows a change as unified text', async () => {
    const { repository } = await open();
    await put(repository, { a: 'one\ntwo\n', b: 'b\n', same: 's\n' });
    const text = await repository.diff(await repository.head(), writes({ a: 'one\n2\n', c: 'c\n', same: 's\n' }, 'b'));
    expect(text).toBe(
      [
        ...['--- a/a', '+++ b/a', '@@ -1,2 +1,2 @@', ' one', '-two', '+2'],
        ...['--- a/b', '+++ /dev/null', '@@ -1,1 +0,0 @@', '-b'],
        ...['--- /dev/null', '+++ b/c', '@@ -0,0 +1,1 @@', '+c', ''],
      ].join('\n'),
    );
  });

  test('says that a push would work', async () => {
    const { repository, bare } = await open();
    expect(await repository.canPush()).toBeUndefined();
    await put(repository, { a: '1' });
    expect(await repository.canPush()).toBeUndefined();
    expect(await git(bare, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main\n');
  });
});

describe('an embedded repository', () => {
  test('can be cloned and pushed to, and refuses to lose history', async () => {
    const { repository, bare } = await embedded();
    await put(repository, { a: '1' });
    const commit = await personCommits(bare, async (clone) => writeFile(join(clone, 'b'), '2'));
    expect((await repository.head())?.commit).toBe(commit);
    const clone = join(await temporaryFolder(), 'clone');
    await git('/', 'clone', '--quiet', bare, clone);
    await git(clone, 'reset', '--quiet', '--hard', 'HEAD~1');
    await expect(git(clone, 'push', '--force', 'origin', 'HEAD:main')).rejects.toThrow('denying non-fast-forward');
  });

  test('is not created over somebody else’s files', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'diary.txt'), 'mine');
    await expect(openRepository({ embedded: folder })).rejects.toMatchObject({ code: 'NoStateRepository' });
    expect(await readFile(join(folder, 'diary.txt'), 'utf8')).toBe('mine');
  });

  test('may lie on a fresh volume, and is completed when its creation was cut', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'lost+found'));
    await mkdir(join(folder, 'refs'));
    const repository = await openRepository({ embedded: folder });
    await put(repository, { a: '1' });
  });

  test('takes no notice of hooks in its folder', async () => {
    const { repository, bare } = await embedded();
    await mkdir(join(bare, 'hooks'), { recursive: true });
    await writeFile(join(bare, 'hooks', 'reference-transaction'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    await put(repository, { a: '1' });
  });

  test('goes on after a process was killed while it held a lock', async () => {
    const { repository, bare } = await embedded();
    await put(repository, { a: '1' });
    const lock = join(bare, 'refs', 'heads', 'main.lock');
    await writeFile(lock, '');
    const base = await repository.head();
    const commit = await repository.commit(base, writes({ a: '2' }), message('Two'), author);
    await expect(repository.push(commit, base)).rejects.toMatchObject({ code: 'GitBusy', retryable: true });
    const before = new Date(Date.now() - 120_000);
    await utimes(lock, before, before);
    expect(await repository.push(commit, base)).toBe('pushed');
  });

  test('that is damaged says so and is not changed', async () => {
    const { repository, bare, again } = await embedded();
    await put(repository, { a: '1' });
    await rm(join(bare, 'objects'), { recursive: true });
    await mkdir(join(bare, 'objects'));
    await expect((await again()).head()).rejects.toMatchObject({ code: 'GitRepositoryCorrupt', retryable: false });
  });
});
