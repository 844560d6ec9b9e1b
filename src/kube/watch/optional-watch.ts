import { type Listing } from '../../api/index.js';
import {
  type ApiResource,
  type ApiWatch,
  type Cache,
  createReflector,
  type KubeClient,
  type Reflector,
  type ReflectorOptions,
  watchApi,
  type WatchRequest,
} from '../index.js';

/** The objects of an API that a cluster may have or not, and may get or lose. */
export interface OptionalWatch<T> {
  readonly resource: string;
  /** Known and empty where the API is absent for certain; unknown until that is certain. */
  readonly listing: () => Listing<T>;
  /** The last state heard, also while the server does not answer; for all that does not hang on something being absent. */
  readonly list: () => readonly T[];
  readonly get: (key: string) => T | undefined;
  readonly keys: () => readonly string[];
  /** Whether the API is there; undefined while unknown. */
  readonly isServed: () => boolean | undefined;
  /** Seconds since the server was last heard, while the API is there. */
  readonly age: () => number | undefined;
  readonly subscribe: (handler: (key: string) => void) => void;
  readonly start: () => void;
  /** True once it is known whether the API is there and what it holds; false when it was stopped before. */
  readonly filled: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

interface Options extends ReflectorOptions {
  /** The API came or went. */
  readonly onApiChange?: () => void;
}

/** Watches the API, and its objects for as long as it is there. */
export function createOptionalWatch<T>(
  client: KubeClient,
  api: ApiResource,
  request: WatchRequest<T>,
  options: Options = {},
): OptionalWatch<T> {
  const objects = createPresence(client, request, options);
  const apiWatch: ApiWatch = watchApi(client, api, {
    ...(options.clock !== undefined && { clock: options.clock }),
    onChange: ({ state }) => {
      if (state === 'Present') objects.open();
      else if (state === 'Absent') objects.close();
      options.onApiChange?.();
    },
  });
  const cache = (): Cache<T> | undefined => objects.reflector()?.cache;
  return {
    resource: request.resource,
    listing: () => {
      const state = apiWatch.state();
      if (state.state === 'Absent') return { known: true, items: [] };
      // A reflector that is fine knows more than a question that failed.
      return cache()?.listing() ?? { known: false, reason: state.state === 'Unknown' ? state.reason : notListed };
    },
    list: () => cache()?.list() ?? [],
    get: (key) => cache()?.get(key),
    keys: () => cache()?.keys() ?? [],
    isServed: () => {
      const { state } = apiWatch.state();
      if (state === 'Unknown') return cache() === undefined ? undefined : true;
      return state === 'Present';
    },
    age: () => cache()?.age(),
    subscribe: objects.subscribe,
    start: () => apiWatch.start(),
    filled: objects.filled,
    stop: async () => {
      objects.end();
      await apiWatch.stop();
      await objects.reflector()?.stop();
    },
  };
}

const notListed = 'it has not been listed yet';

/** The reflector of objects whose API comes and goes. */
interface Presence<T> {
  readonly reflector: () => Reflector<T> | undefined;
  readonly open: () => void;
  /** The API is gone, and its objects with it. */
  readonly close: () => void;
  /** Nothing is opened any more. */
  readonly end: () => void;
  readonly subscribe: OptionalWatch<T>['subscribe'];
  readonly filled: OptionalWatch<T>['filled'];
}

function createPresence<T>(client: KubeClient, request: WatchRequest<T>, options: ReflectorOptions): Presence<T> {
  const handlers: ((key: string) => void)[] = [];
  let reflector: Reflector<T> | undefined;
  let stopped = false;
  let settle: (filled: boolean) => void = () => undefined;
  const settled = new Promise<boolean>((resolve) => (settle = resolve));
  const forget = async (closing: Reflector<T> | undefined): Promise<void> => {
    const keys = closing?.cache.keys() ?? [];
    await closing?.stop();
    for (const key of keys) for (const handler of handlers) handler(key);
  };
  return {
    reflector: () => reflector,
    open: () => {
      if (stopped || reflector !== undefined) return;
      const opened = createReflector<T>(client, request, options);
      reflector = opened;
      for (const handler of handlers) opened.subscribe(handler);
      opened.start();
      void opened.filled().then((filled) => settle(filled));
    },
    close: () => {
      const closing = reflector;
      reflector = undefined;
      void forget(closing);
      settle(true);
    },
    end: () => {
      stopped = true;
      settle(false);
    },
    subscribe: (handler) => {
      handlers.push(handler);
      reflector?.subscribe(handler);
    },
    filled: () => settled,
  };
}
