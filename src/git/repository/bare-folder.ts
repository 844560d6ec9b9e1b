import { readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TerminalError } from '../../errors/index.js';
import { makeFolder } from '../../files/make-folder.js';
import { branchRef } from '../ref-name.js';

const parts = ['HEAD', 'config', 'objects', 'refs'];
const ofGit =
  /^(?:[A-Z_]*HEAD|config|config\.worktree|description|packed-refs|shallow|objects|refs|reftable|hooks|info|branches|logs|worktrees|gc\.\w+|.*\.lock|lost\+found|\..*)$/;

/** Makes sure that the folder is there and holds nothing but, perhaps, a bare repository. */
export async function prepareFolder(folder: string): Promise<void> {
  const names = await entriesOf(folder);
  if (basename(folder) === '.git' || names.includes('.git')) throw workTree(folder);
  // git leaves one beside the repository for each commit that failed, when a disk was full for instance.
  const reports = names.filter((name) => name.startsWith('fast_import_crash_'));
  await Promise.all(reports.map((name) => rm(join(folder, name), { force: true })));
  const strange = names.find((name) => !ofGit.test(name) && !reports.includes(name));
  if (strange === undefined) return;
  const message = `${folder} is no bare git repository and is not empty: it holds ${JSON.stringify(strange)}`;
  throw new TerminalError('NoStateRepository', message, { hint: 'Choose an empty folder.' });
}

/** Whether a folder is a repository without a work tree. */
export async function isBareRepository(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  return basename(folder) === '.git' || parts.every((name) => names.includes(name));
}

/** What is in the folder, which is made where it is missing. */
async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    await makeFolder(folder);
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A system folder has no room for new ones, and says so by ENOENT.
    const what = code === 'ENOENT' ? 'cannot be made' : 'is no folder';
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    throw new TerminalError('NoStateRepository', `${folder} ${what}`, { hint: 'Choose a new or an empty folder.' });
  }
}

/** Whoever works in it would see every push of ours as a change of his own that takes it back. */
function workTree(folder: string): TerminalError {
  const message = `${folder} belongs to a work tree, and the state is written to a bare repository`;
  return new TerminalError('NoStateRepository', message, {
    hint: 'Name the repository that it was cloned from (`git remote get-url origin`), a bare one, or an empty folder.',
  });
}

const format = ['[core]', 'repositoryformatversion = 0', 'filemode = true', 'bare = true', ''].join('\n');

/** Creates the repository, or completes one whose creation was cut. `settings` is what its `config` starts with. */
export async function initBare(folder: string, branch: string, settings: string): Promise<void> {
  const entries = new Set(await readdir(folder));
  if (parts.every((name) => entries.has(name))) return;
  // By hand, since `git init` obeys what it finds in the folder.
  const folders = ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags'];
  await Promise.all(folders.map((name) => makeFolder(join(folder, name))));
  await writeFile(join(folder, 'config'), settings + format);
  await writeFile(join(folder, 'HEAD'), `ref: ${branchRef(branch)}\n`);
}
