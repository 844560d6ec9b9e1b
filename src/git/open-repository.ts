import { guardOf } from './guard.js';
import { embeddedPlace, remotePlace, type EmbeddedRepository, type RemoteRepository } from './repository-location.js';
import { branchRef } from './ref-name.js';
import type { StateRepository } from './repository.js';
import { repositoryAt } from './state-repository.js';

/** Opens the state repository; nothing is read from a remote yet. */
export async function openRepository(options: EmbeddedRepository | RemoteRepository): Promise<StateRepository> {
  const branch = options.branch ?? 'main';
  branchRef(branch);
  const place = 'embedded' in options ? embeddedPlace(options, branch) : remotePlace(options, branch);
  const guard = guardOf(place, options.now ?? Date.now);
  try {
    await guard(() => place.prepare(false));
  } catch (error) {
    if (!place.isCopy) throw error;
    await guard(() => place.prepare(true));
  }
  return repositoryAt(place, branch, guard, options.now ?? Date.now);
}
