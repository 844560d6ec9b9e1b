import { type Unknown } from '../../api/index.js';
import { type Clock } from '../../clock/index.js';
import { type Cache } from './cache.js';
import { type Store } from './store.js';

/** How far a reflector has come. */
export interface Progress {
  /** The moment that its objects show; absent before the first list. */
  resourceVersion?: string;
  heardAt?: number;
  /** Why what it knows is not to be trusted. */
  fault?: Unknown;
}

/** The cache that others read. */
export function cacheOf<T>(store: Store<T>, progress: Readonly<Progress>, clock: Clock): Cache<T> {
  const fault = (): Unknown | undefined => {
    if (progress.fault !== undefined) return progress.fault;
    const [unreadable] = store.unreadable();
    return unreadable === undefined ? undefined : { reason: `${unreadable} cannot be read` };
  };
  return {
    get: store.get,
    keys: store.keys,
    list: store.values,
    size: store.size,
    listing: () => {
      const why = fault();
      return why === undefined ? { known: true, items: store.values() } : { known: false, ...why };
    },
    synced: () => progress.resourceVersion !== undefined,
    fault: () => fault()?.reason,
    age: () => (progress.heardAt === undefined ? undefined : (clock.now() - progress.heardAt) / 1000),
  };
}
