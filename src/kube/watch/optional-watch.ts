import { type Listing } from '../../api/index.js';
import {
  type ApiResource,
  type ApiWatch,
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
  /** Known and empty where the API is absent for certain; unknown while nobody can tell. */
  readonly listing: () => Listing<T>;
  /** The last state heard, also while the server does not answer; for all that does not hang on something being absent. */
  readonly list: () => readonly T[];
  readonly get: (key: string) => T | undefined;
  readonly keys: () => readonly string[];
  /** Whether the API is there; undefined while nobody can tell. */
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
  const handlers: ((key: string) => void)[] = [];
  let reflector: Reflector<T> | undefined;
  let stopped = false;
  let settle: (filled: boolean) => void = () => undefined;
  const settled = new Promise<boolean>((resolve) => (settle = resolve));

  const open = (): void => {
    if (stopped || reflector !== undefined) return;
    const opened = createReflector<T>(client, request, options);
    reflector = opened;
    for (const handler of handlers) opened.subscribe(handler);
    opened.start();
    void opened.filled().then((filled) => settle(filled));
  };
  const close = async (): Promise<void> => {
    const closing = reflector;
    reflector = undefined;
    const keys = closing?.cache.keys() ?? [];
    await closing?.stop();
    for (const key of keys) for (const handler of handlers) handler(key);
  };
  const apiWatch: ApiWatch = watchApi(client, api, {
    ...(options.clock !== undefined && { clock: options.clock }),
    onChange: ({ state }) => {
      if (state === 'Present') open();
      else if (state === 'Absent') {
        void close();
        settle(true);
      }
      options.onApiChange?.();
    },
  });

  return {
    resource: request.resource,
    listing: () => {
      const state = apiWatch.state();
      if (state.state === 'Absent') return { known: true, items: [] };
      // A reflector that is fine knows more than a question that failed.
      if (reflector !== undefined) return reflector.cache.listing();
      return { known: false, reason: state.state === 'Unknown' ? state.reason : 'it has not been listed yet' };
    },
    list: () => reflector?.cache.list() ?? [],
    get: (key) => reflector?.cache.get(key),
    keys: () => reflector?.cache.keys() ?? [],
    isServed: () => {
      const { state } = apiWatch.state();
      if (state === 'Unknown') return reflector === undefined ? undefined : true;
      return state === 'Present';
    },
    age: () => reflector?.cache.age(),
    subscribe: (handler) => {
      handlers.push(handler);
      reflector?.subscribe(handler);
    },
    start: () => apiWatch.start(),
    filled: () => settled,
    stop: async () => {
      stopped = true;
      settle(false);
      await apiWatch.stop();
      await reflector?.stop();
    },
  };
}
