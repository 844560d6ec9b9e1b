import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { privateGitDirs, type InPrivateGitDir } from '../../src/git/run/private-git-dir.js';
import { eventually } from '../support/eventually.js';
import { temporaryFolder } from '../support/temporary.js';

let folder: string;
let run: InPrivateGitDir;

beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(join(folder, 'config'), 'mine');
  run = privateGitDirs(folder, (config) => Promise.resolve(`settings of ${config}`), { program: 'exit\n' });
});

const path = (): Promise<string> => run((dir) => Promise.resolve(dir));

test('a folder that a command leaves as it was serves the next one, and is gone soon after the last', async () => {
  const first = await path();
  expect(await path()).toBe(first);
  await eventually(() => expect(existsSync(first)).toBe(false));
  expect(await path()).not.toBe(first);
});

test('two commands at once have a folder each', async () => {
  let other = '';
  const one = await run(async (dir) => {
    other = await path();
    return dir;
  });
  expect(one).not.toBe(other);
  expect([one, other].filter((dir) => existsSync(dir))).toHaveLength(1);
});

test('a command that failed leaves no folder', async () => {
  let used = '';
  const failed = run((dir) => Promise.reject(new Error((used = dir))));
  await expect(failed).rejects.toThrow(/./);
  expect(existsSync(used)).toBe(false);
});

test.each([
  ['config', 'other'],
  ['HEAD', 'ref: refs/heads/other\n'],
])('after another %s of the repository the next command has a folder with that', async (name, text) => {
  const first = await path();
  await writeFile(join(folder, name), text);
  const next = await run(async (dir) => [dir, await readFile(join(dir, name), 'utf8')]);
  expect(next).toEqual([expect.not.stringMatching(first), name === 'config' ? 'settings of other' : text]);
  expect(existsSync(first)).toBe(false);
});

describe('a folder is not used again', () => {
  test.each<[string, (dir: string) => Promise<unknown>]>([
    ['with a hook', (dir) => mkdir(join(dir, 'hooks'))],
    ['with a file of git', (dir) => writeFile(join(dir, 'FETCH_HEAD'), '')],
    ['with another configuration', (dir) => writeFile(join(dir, 'config'), '[core]\n\tsshCommand = x\n')],
    ['with another program', (dir) => writeFile(join(dir, 'program'), 'x')],
    [
      'with a file instead of a link',
      (dir) => rm(join(dir, 'packed-refs')).then(() => writeFile(join(dir, 'packed-refs'), '')),
    ],
    [
      'with a link instead of a file',
      (dir) => rm(join(dir, 'HEAD')).then(() => symlink('/dev/null', join(dir, 'HEAD'))),
    ],
    ['with one name for another', (dir) => rm(join(dir, 'HEAD')).then(() => writeFile(join(dir, 'toString'), ''))],
  ])('%s', async (_, change) => {
    const first = await run(async (dir) => {
      await change(dir);
      return dir;
    });
    expect(existsSync(first)).toBe(false);
    expect(await path()).not.toBe(first);
  });
});
