import { symlinkSync, writeFileSync } from 'node:fs';
import { constants, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { limits } from '../../limits/index.js';
import { openFolder, removeFolder } from '../../files/temporary-folders.js';

/** What of a repository is data; its `config`, hooks and attributes are not, since they can run programs. */
const data = ['objects', 'refs', 'packed-refs', 'logs', 'shallow', 'worktrees', 'reftable'];

const headLine = /^(?:ref: refs\/[!-~]{1,500}|[0-9a-f]{40,64})\s*$/;

/** Gives the settings to obey, from the text of the repository's `config`; `gitDir` is a repository to run git in. */
export type ReadSettings = (config: string, gitDir: string) => Promise<string>;

/**
 * Runs `work` with a git folder of our own that shares only the data of the repository in `folder`. Who can write that
 * folder can put anything into its configuration, and git has no switch that would make it ignore that file.
 */
export async function withPrivateGitDir<T>(
  folder: string,
  settings: ReadSettings,
  work: (gitDir: string) => Promise<T>,
): Promise<T> {
  const [config, head] = await Promise.all([
    readText(join(folder, 'config'), limits.gitConfigBytes),
    readText(join(folder, 'HEAD'), 1024).catch(() => ''),
  ]);
  // At once, since it is faster than to wait for each of them.
  const gitDir = openFolder();
  try {
    for (const name of data) symlinkSync(resolve(folder, name), join(gitDir, name));
    writeFileSync(join(gitDir, 'HEAD'), headLine.test(head) ? head : 'ref: refs/heads/main\n');
    writeFileSync(join(gitDir, 'config'), '');
    if (config !== '') writeFileSync(join(gitDir, 'config'), await settings(config, gitDir));
    return await work(gitDir);
  } finally {
    removeFolder(gitDir);
  }
}

/** The text of a regular file, empty when there is none. Anything else, a pipe for instance, must not be waited for. */
async function readText(path: string, most: number): Promise<string> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > most) throw new Error(`bad config: ${path} is no regular file, or too long`);
    return await file.readFile('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
