import { type Features } from '../features.js';
import { purgeRepository } from './repositories.js';
import { type State } from './state.js';

/** What a run of the garbage collector removed. */
export interface Collected {
  readonly namespaces: number;
  readonly repositories: number;
}

/** Finishes pending deletions: tombstones go, names of deleted namespaces are free again. A worker can be off. */
export function collectGarbage(state: State, features: Features): Collected {
  return {
    namespaces: features.NAMESPACE_GARBAGE_COLLECTION === false ? 0 : freeNames(state),
    repositories: features.REPOSITORY_GARBAGE_COLLECTION === false ? 0 : purgeTombstones(state),
  };
}

function freeNames(state: State): number {
  const freed = state.deletedNamespaces.size;
  state.deletedNamespaces.clear();
  return freed;
}

function purgeTombstones(state: State): number {
  let purged = 0;
  for (const namespace of state.namespacesWithTombstones) {
    for (const repository of [...namespace.tombstones]) {
      purgeRepository(repository);
      purged += 1;
    }
  }
  state.namespacesWithTombstones.clear();
  state.repositoryOrder = state.repositoryOrder.filter((repository) => repository.state !== 'MARKED_FOR_DELETION');
  return purged;
}
