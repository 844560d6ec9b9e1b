import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { QuaysideError } from '../../errors/index.js';
import { explainGitError } from '../errors.js';
import type { Guard } from '../commands/head.js';
import type { RepositoryLocation } from './repository-location.js';

/** Errors come out as ours; a lock that a killed process left behind is removed and the work done again, once. */
export function guardOf({ description, secrets, git }: RepositoryLocation, now: () => number): Guard {
  const explained: Guard = async (work) => {
    try {
      return await work();
    } catch (error) {
      throw explainGitError(error, { description, secrets });
    }
  };
  return async (work) => {
    try {
      return await explained(work);
    } catch (error) {
      const busy = error instanceof QuaysideError && error.code === 'GitBusy';
      if (busy && (await removeStaleLocks(git.folder, now())) > 0) return await explained(work);
      throw error;
    }
  };
}

/** No command holds a lock on a ref for longer than an instant: an older one was left by a process that was killed. */
const staleAfter = 60_000;

/** Removes locks on refs that nobody holds any more, and says how many there were. */
async function removeStaleLocks(folder: string, now: number): Promise<number> {
  const top = ['packed-refs.lock', 'HEAD.lock', 'config.lock', 'shallow.lock'];
  const names = await readdir(join(folder, 'refs'), { recursive: true });
  const locks = [...top, ...names.filter((name) => name.endsWith('.lock')).map((name) => join('refs', name))];
  let removed = 0;
  for (const lock of locks) {
    const path = join(folder, lock);
    const since = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    if (now - since < staleAfter) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
