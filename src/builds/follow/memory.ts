import { keyOf } from '../../kube/index.js';
import { type BuildRecord } from '../import-record.js';

/** What this process has done about Builds and the watch may not show yet. One Build of a name follows another, so the UID counts. */
export interface Memory<T> {
  readonly get: (build: BuildRecord) => T | undefined;
  /** Whether anything was done about a Build of that name, by `namespace/name`. */
  readonly has: (key: string) => boolean;
  readonly set: (build: BuildRecord, value: T) => void;
  /** By `namespace/name`: the Build is gone, or shows it itself. */
  readonly forget: (key: string) => void;
}

/** Nothing done, to begin with. */
export function createMemory<T>(): Memory<T> {
  const known = new Map<string, { readonly uid: string; readonly value: T }>();
  return {
    get: ({ namespace, name, uid }) => {
      const found = known.get(keyOf(namespace, name));
      return found?.uid === uid ? found.value : undefined;
    },
    has: (key) => known.has(key),
    set: ({ namespace, name, uid }, value) => void known.set(keyOf(namespace, name), { uid, value }),
    forget: (key) => void known.delete(key),
  };
}
