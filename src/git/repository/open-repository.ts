import { guardOf } from './guard.js';
import {
  embeddedLocation,
  remoteLocation,
  type EmbeddedRepository,
  type RemoteRepository,
} from './repository-location.js';
import { branchName } from '../ref-name.js';
import type { StateRepository } from './repository.js';
import { repositoryAt } from './state-repository.js';

/** Opens the state repository; nothing is read from a remote yet. */
export async function openRepository(options: EmbeddedRepository | RemoteRepository): Promise<StateRepository> {
  const branch = branchName(options.branch ?? 'main');
  const location = 'embedded' in options ? embeddedLocation(options, branch) : remoteLocation(options, branch);
  const guard = guardOf(location, options.now ?? Date.now);
  try {
    await guard(() => location.prepare(false));
  } catch (error) {
    if (!location.isCopy) throw error;
    await guard(() => location.prepare(true));
  }
  return repositoryAt(location, branch, guard, options.now ?? Date.now);
}
