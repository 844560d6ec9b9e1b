import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { limits } from '../../limits/index.js';
import { openFolder, removeFolder } from '../../files/temporary-folders.js';

/** What of a repository is data; its `config`, hooks and attributes are not, since they can run programs. */
const data = ['objects', 'refs', 'packed-refs', 'logs', 'shallow', 'worktrees', 'reftable'];

const headLine = /^(?:ref: refs\/[!-~]{1,500}|[0-9a-f]{40,64})\s*$/;

/** Milliseconds for which a folder is kept for the next command. */
const kept = 1_000;

/** Gives the settings to obey, from the text of the repository's `config`; `gitDir` is a repository to run git in. */
export type ReadSettings = (config: string, gitDir: string) => Promise<string>;

/** Runs work with a git folder of our own, which nothing else uses at the same time. */
export type InPrivateGitDir = <T>(work: (gitDir: string) => Promise<T>) => Promise<T>;

interface PrivateGitDir {
  readonly path: string;
  /** What it was made from, and each file of ours in it, by name. */
  readonly source: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Gives git folders of our own that share only the data of the repository in `folder`. Who can write that folder can put
 * anything into its configuration, and git has no switch that would make it ignore that file. A folder that a command leaves
 * as it found it serves the next one too: to make and to remove it costs as much as git itself. `programs` are put into it.
 */
export function privateGitDirs(
  folder: string,
  settings: ReadSettings,
  programs: Readonly<Record<string, string>>,
): InPrivateGitDir {
  let idle: { readonly dir: PrivateGitDir; readonly timer: NodeJS.Timeout } | undefined;
  const takeIdle = (source: string): PrivateGitDir | undefined => {
    const found = idle;
    idle = undefined;
    clearTimeout(found?.timer);
    if (found === undefined || found.dir.source === source) return found?.dir;
    removeFolder(found.dir.path);
    return undefined;
  };
  const keep = (dir: PrivateGitDir): void => {
    if (idle !== undefined || !isUntouched(dir)) return removeFolder(dir.path);
    const timer = setTimeout(() => {
      idle = undefined;
      removeFolder(dir.path);
    }, kept).unref();
    idle = { dir, timer };
  };
  return async (work) => {
    const [config, head] = await Promise.all([
      readText(join(folder, 'config'), limits.gitConfigBytes),
      readText(join(folder, 'HEAD'), 1024).catch(() => ''),
    ]);
    const dir = takeIdle(JSON.stringify([config, head])) ?? (await make(folder, { config, head }, settings, programs));
    let isDone = false;
    try {
      const answer = await work(dir.path);
      isDone = true;
      return answer;
    } finally {
      // What was stopped may not be over.
      if (isDone) keep(dir);
      else removeFolder(dir.path);
    }
  };
}

async function make(
  folder: string,
  { config, head }: { readonly config: string; readonly head: string },
  settings: ReadSettings,
  programs: Readonly<Record<string, string>>,
): Promise<PrivateGitDir> {
  // At once, since it is faster than to wait for each of them.
  const path = openFolder();
  try {
    for (const name of data) symlinkSync(resolve(folder, name), join(path, name));
    const files: Record<string, string> = {
      ...programs,
      HEAD: headLine.test(head) ? head : 'ref: refs/heads/main\n',
      config: '',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
    if (config !== '') files['config'] = await settings(config, path);
    writeFileSync(join(path, 'config'), files['config'] ?? '');
    return { path, source: JSON.stringify([config, head]), files };
  } catch (error) {
    removeFolder(path);
    throw error;
  }
}

/** Whether a folder holds what was put into it, and nothing else that could change what the next command does. */
function isUntouched({ path, files }: PrivateGitDir): boolean {
  const entries = readdirSync(path, { withFileTypes: true });
  return (
    entries.length === data.length + Object.keys(files).length &&
    entries.every((entry) =>
      entry.isFile() ? Object.hasOwn(files, entry.name) : entry.isSymbolicLink() && data.includes(entry.name),
    ) &&
    Object.entries(files).every(([name, text]) => readFileSync(join(path, name), 'utf8') === text)
  );
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
