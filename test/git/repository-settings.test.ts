import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
import { obeyedSettings } from '../../src/git/run/obeyed-settings.js';
import { createGit } from '../../src/git/run/run-git.js';
import { author, git, message, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';

afterAll(removeTemporary);

let folder: string;
let repository: StateRepository;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'state.git');
  repository = await openRepository({ embedded: folder });
});

async function put(content: string): Promise<string> {
  const base = await repository.head();
  const commit = await repository.commit(base, writes({ a: content }), message('Put'), author);
  expect(await repository.push(commit, base)).toBe('pushed');
  return commit;
}

describe('what a person sets in the folder', () => {
  test('for its storage counts: who may read it, and whose name stands in the log of a ref', async () => {
    await git(folder, 'config', 'core.sharedRepository', '0664');
    await git(folder, 'config', 'user.name', 'Vol "7" \\ Ümit');
    await git(folder, 'config', 'user.email', 'vol@example.com');
    await put('1');
    expect((await stat(join(folder, 'refs', 'heads', 'main'))).mode & 0o060).toBe(0o060);
    expect(await git(folder, 'log', '-g', '--format=%gn', 'main')).toBe('Vol "7" \\ Ümit\n');
  });

  test('counts from the next command on, and the log of a ref is never cut', async () => {
    await put('1');
    await git(folder, 'config', 'gc.auto', '1');
    const local = createGit(folder);
    await put('2');
    await local.text(['gc', '--quiet']);
    expect(await readdir(join(folder, 'objects', 'pack'))).not.toEqual([]);
    expect(await local.text(['config', 'gc.auto'])).toBe('1\n');
    expect(await local.text(['config', 'gc.reflogExpire'])).toBe('never\n');
    expect((await git(folder, 'log', '-g', '--format=%s', 'main')).split('\n')).toHaveLength(3);
  });

  test('and a program, another place or another file beside it do not', async () => {
    const local = createGit(folder);
    const other = join(folder, 'hooks');
    await writeFile(other, '[user]\n\tname = Included\n');
    await git(folder, 'config', 'include.path', other);
    await git(folder, 'config', 'extensions.worktreeConfig', 'true');
    await git(folder, 'config', 'core.repositoryFormatVersion', '1');
    await writeFile(join(folder, 'config.worktree'), '[user]\n\tname = Worktree\n');
    await writeFile(join(folder, 'commondir'), '/nowhere\n');
    expect(await local.text(['config', '--default', 'nobody', '--get', 'user.name'])).toBe('nobody\n');
    await put('1');
  });
});

describe('a folder in which the configuration', () => {
  test.each<[string, (config: string) => unknown]>([
    ['is a pipe', (config) => execFileSync('mkfifo', [config])],
    ['is a folder', (config) => mkdir(config)],
    ['is no configuration', (config) => writeFile(config, 'root:x:0:0\n')],
    ['does not end', (config) => writeFile(config, '#'.repeat(2 ** 20 + 1))],
  ])('%s is damaged, and nothing waits for it', async (_, spoil) => {
    await rm(join(folder, 'config'));
    await spoil(join(folder, 'config'));
    await expect(repository.head()).rejects.toMatchObject({ code: 'GitRepositoryCorrupt', retryable: false });
  });
});

test('refs that were packed, and what two writers do at once, are the same as without the folder between', async () => {
  await put('1');
  await git(folder, 'pack-refs', '--all');
  const second = await put('2');
  await git(folder, 'tag', 'one', second);
  await createGit(folder).text(['pack-refs', '--all']);
  expect(await readFile(join(folder, 'packed-refs'), 'utf8')).toContain(`${second} refs/tags/one`);
  expect(await repository.writeRef('refs/heads/main', undefined, second)).toBe('pushed');
  expect(await git(folder, 'for-each-ref', '--format=%(refname)')).toBe('refs/tags/one\n');
});

test('only settings that are known to be harmless are obeyed', () => {
  const listed = [
    ...['core.bare\nfalse', 'core.worktree\n/etc', 'core.hookspath\n/evil', 'gc.recentobjectshook\n/evil'],
    ...['gpg.ssh.program\n/evil', 'extensions.partialclone\nfile:///evil', 'extensions.objectformat\nsha256'],
    ...['core.compression\n9', 'user.name\na\nb', 'core.filemode', 'alias.log\n!evil', 'user.name.x\n1', ''],
  ].join('\0');
  const settings = ['objectformat = "sha256"', 'compression = "9"', 'name = "a\\nb"', 'filemode = "true"'];
  const lines = obeyedSettings(listed)
    .split('\n')
    .filter((line) => line.startsWith('\t'));
  expect(lines).toEqual([...settings, 'bare = "true"'].map((line) => `\t${line}`));
});
