import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Author, CommitMessage } from '../../src/git/index.js';

const folders: string[] = [];

/** A new folder that `removeTemporary` takes away. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-test-'));
  folders.push(folder);
  return folder;
}

export async function removeTemporary(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

const person = { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.com' };
const environment = {
  ...person,
  PATH: process.env['PATH'],
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** git as a person would call it. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: folder, env: environment, maxBuffer: 1 << 28 });
  return stdout;
}

/** An empty bare repository, to be used as a remote. */
export async function bareRepository(folder?: string): Promise<string> {
  const path = folder ?? join(await temporaryFolder(), 'state.git');
  await git('/', 'init', '--quiet', '--bare', '--initial-branch=main', path);
  return path;
}

export const author: Author = { name: 'Quayside', email: 'quayside@example.com' };
export const message = (subject: string): CommitMessage => ({ subject });
export const writes = (files: Readonly<Record<string, string>>, ...deletes: readonly string[]) => ({
  writes: new Map(Object.entries(files)),
  deletes,
});

/** Commits to a remote the way a person does: in a clone. */
export async function personCommits(
  remote: string,
  work: (clone: string) => Promise<void>,
  subject = 'By hand',
): Promise<string> {
  const clone = join(await temporaryFolder(), 'clone');
  await git('/', 'clone', '--quiet', remote, clone);
  await work(clone);
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--quiet', '--message', subject);
  await git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
  return (await git(clone, 'rev-parse', 'HEAD')).trim();
}
