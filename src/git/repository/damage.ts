import { QuaysideError, TerminalError } from '../../errors/index.js';
import type { Guard } from '../commands/head.js';

/** Tells a person of damage: what a repository of its own has lost comes back by no retry. */
export function tellDamage(guard: Guard, description: string): Guard {
  return async (work) => {
    try {
      return await guard(work);
    } catch (error) {
      if (!isCorrupt(error)) throw error;
      throw new TerminalError('GitRepositoryCorrupt', `the repository in ${description} is damaged`, {
        cause: error,
        hint: 'Look at it with `git fsck`; restore it from a backup or start with an empty folder: it is rendered again.',
      });
    }
  };
}

/** Whether a copy is damaged, which can be fetched again; what is wrong with its remote cannot. */
export function isDamagedCopy(error: unknown): boolean {
  return isCorrupt(error) && error.retryable;
}

function isCorrupt(error: unknown): error is QuaysideError {
  return error instanceof QuaysideError && error.code === 'GitRepositoryCorrupt';
}
