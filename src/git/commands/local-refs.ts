import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { GitFailure, type Git } from '../run/run-git.js';
import { makeFolder } from '../../files/make-folder.js';
import { readAtMost } from '../../files/read-at-most.js';
import { limits } from '../../limits/index.js';
import type { PushOutcome } from '../repository/repository.js';

/** The commit that a ref of this repository names. */
export async function readLocalRef(git: Git, name: string): Promise<string | undefined> {
  const commit = await askForRef(git, name);
  if (commit !== undefined || !(await hasFileFor(git, name))) return commit;
  // It may have been made between the two.
  const now = await askForRef(git, name);
  if (now === undefined) throw new Error(`bad ref ${name}: it is there, and cannot be read`);
  return now;
}

async function askForRef(git: Git, name: string): Promise<string | undefined> {
  try {
    return (await git.text(['show-ref', '--verify', '--hash', name])).trim();
  } catch (error) {
    // A ref whose object is lost is "bad" instead: that must not pass for a repository without commits.
    if (error instanceof GitFailure && /not a valid ref/.test(error.stderr)) return undefined;
    throw error;
  }
}

/** git says the same of a ref that is absent and of one that it cannot read, one without content after a power cut for instance. */
async function hasFileFor(git: Git, name: string): Promise<boolean> {
  const path = join(git.folder, name);
  try {
    const found = await lstat(path);
    // One that stands for another branch is absent for as long as that is.
    return (
      !found.isDirectory() &&
      !(found.isFile() && (await readAtMost(path, limits.gitRefBytes)).toString().startsWith('ref: '))
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw new Error(`bad ref ${name}: it cannot be read`, { cause: error });
  }
}

/** Sets or deletes a ref of this repository if it is still where it is expected; undefined expects that it is not there. */
export async function moveLocalRef(
  git: Git,
  name: string,
  commit: string | undefined,
  expected: string | undefined,
): Promise<PushOutcome> {
  if (commit === undefined && expected === undefined) {
    return (await readLocalRef(git, name)) === undefined ? 'pushed' : 'rejected';
  }
  const nothing = '0'.repeat(40);
  const old = expected ?? nothing;
  const command = commit === undefined ? `delete ${name} ${old}` : `update ${name} ${commit} ${old}`;
  // git would make it, but not where a link leads.
  await makeFolder(join(git.folder, 'logs'));
  try {
    const input = `start\n${command}\nprepare\ncommit\n`;
    await git.text(['update-ref', '-m', 'quayside', '--create-reflog', '--stdin'], { input });
    return 'pushed';
  } catch (error) {
    const lost = /but expected|reference already exists|unable to resolve reference|reference is missing/;
    const isLost = error instanceof GitFailure && lost.test(error.stderr) && !/reference broken/.test(error.stderr);
    if (isLost) return 'rejected';
    throw error;
  }
}
