import { QuaysideError } from '../errors/index.js';
import { explainGitError } from './errors.js';
import type { Guard } from './head.js';
import type { RepositoryLocation } from './repository-location.js';
import { removeStaleLocks } from './stale-locks.js';

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
