import { type Clock } from '../../clock/index.js';
import { type Cache } from './cache.js';
import { type Store } from './store.js';

/** How far a reflector has come. */
export interface Progress {
  /** The moment that its objects show; absent before the first list. */
  resourceVersion?: string;
  heardAt?: number;
  /** Why what it knows is not to be trusted. */
  fault?: string;
}

/** The cache that others read. */
export function cacheOf<T>(store: Store<T>, progress: Readonly<Progress>, clock: Clock): Cache<T> {
  const fault = (): string | undefined => {
    if (progress.fault !== undefined) return progress.fault;
    const [unreadable] = store.unreadable();
    return unreadable === undefined ? undefined : `${unreadable} cannot be read`;
  };
  return {
    get: store.get,
    keys: store.keys,
    list: store.values,
    size: store.size,
    listing: () => {
      const reason = fault();
      return reason === undefined ? { known: true, items: store.values() } : { known: false, reason };
    },
    synced: () => progress.resourceVersion !== undefined,
    fault,
    age: () => (progress.heardAt === undefined ? undefined : (clock.now() - progress.heardAt) / 1000),
  };
}
