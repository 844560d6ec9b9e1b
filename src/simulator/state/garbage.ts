import { purgeRepository } from './repositories.js';
import type { State } from './state.js';

/** What a run of the garbage collector removed. */
export interface Collected {
  readonly namespaces: number;
  readonly repositories: number;
}

/** Finishes all pending deletions: tombstones go, names of deleted namespaces are free again. */
export function collectGarbage(state: State): Collected {
  let repositories = 0;
  for (const namespace of state.repositoriesWithTombstones) {
    for (const repository of [...namespace.tombstones]) {
      purgeRepository(repository);
      repositories += 1;
    }
  }
  state.repositoriesWithTombstones.clear();
  const namespaces = state.deletedNamespaces.size;
  state.deletedNamespaces.clear();
  return { namespaces, repositories };
}
