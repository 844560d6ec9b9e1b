import { watchApi } from '../apis/api-watch.js';
import { type KubeClient } from '../client/kube-client.js';
import { type ApiResource, type ResourceState } from '../live/api-group.js';
import { type Cache, type Reflector, type Restart } from './cache.js';
import { type ReflectorOptions, type WatchRequest } from './options.js';
import { createReflector } from './reflector.js';

/** What shows that a cluster does not have an API. */
export type Absence =
  /** The API server is asked for it. The objects are watched only while the API is there, and are none where it is absent for certain. */
  | {
      readonly shownBy: 'Discovery';
      readonly api: ApiResource;
      readonly settledSeconds?: number;
      readonly unknownSeconds?: number;
    }
  /** The objects are watched all the same: a 404 to the first list says that there are none. What was heard later is never taken back. */
  | { readonly shownBy: 'Watch' };

/** The objects of an API that a cluster may have or not, and may get or lose. */
export interface OptionalWatch<T> extends Cache<T>, Omit<Reflector<T>, 'cache' | 'subscribe'> {
  /** Whether the API is there; undefined while unknown. */
  readonly isServed: () => boolean | undefined;
  readonly subscribe: (handler: (key: string) => void) => void;
  /** True once it is known whether the API is there and what it holds; false when it was stopped before. */
  readonly filled: () => Promise<boolean>;
}

export interface OptionalWatchOptions extends ReflectorOptions {
  readonly absence: Absence;
  /** The API came or went, by discovery. */
  readonly onApiChange?: () => void;
}

/** Watches the API, and its objects for as long as it is there. */
export function createOptionalWatch<T>(
  client: KubeClient,
  request: WatchRequest<T>,
  options: OptionalWatchOptions,
): OptionalWatch<T> {
  const { absence } = options;
  const notListed = `${request.resource} have not been listed yet`;
  const objects = createObjects(client, request, options);
  const api =
    absence.shownBy === 'Discovery' ? discovered(client, absence, objects, options) : heard(objects, notListed);
  const cache = (): Cache<T> | undefined => objects.reflector()?.cache;
  const listing: Cache<T>['listing'] = () => {
    const state = api.state();
    if (state.state === 'Absent') return { known: true, items: [] };
    // A reflector that is fine knows more than a question that failed.
    const listed = cache()?.listing();
    if (listed !== undefined || state.state !== 'Unknown') return listed ?? { known: false, reason: notListed };
    const { state: _, ...why } = state;
    return { known: false, ...why };
  };
  return {
    resource: request.resource,
    listing,
    list: (namespace) => cache()?.list(namespace) ?? [],
    get: (key) => cache()?.get(key),
    keys: () => cache()?.keys() ?? [],
    size: () => cache()?.size() ?? 0,
    synced: () => api.state().state === 'Absent' || cache()?.synced() === true,
    fault: () => {
      const listed = listing();
      return listed.known ? undefined : listed.reason;
    },
    age: () => cache()?.age(),
    isServed: () => {
      const { state } = api.state();
      if (state === 'Unknown') return cache() === undefined ? undefined : true;
      return state === 'Present';
    },
    subscribe: objects.subscribe,
    start: () => api.start(),
    filled: objects.filled,
    stop: async () => {
      objects.end();
      await api.stop();
      await objects.reflector()?.stop();
    },
  };
}

/** Whether the API is there. */
interface Api {
  readonly state: () => ResourceState;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

function discovered<T>(
  client: KubeClient,
  { api, ...seconds }: Extract<Absence, { readonly shownBy: 'Discovery' }>,
  objects: Objects<T>,
  { clock, onApiChange }: OptionalWatchOptions,
): Api {
  return watchApi(client, api, {
    ...seconds,
    ...(clock !== undefined && { clock }),
    onChange: ({ state }) => {
      // Unknown closes nothing: the watch heals itself, and knows more than a question that failed.
      if (state === 'Present') objects.open();
      else if (state === 'Absent') objects.close();
      onApiChange?.();
    },
  });
}

function heard<T>(objects: Objects<T>, notListed: string): Api {
  return {
    state: () => {
      const reflector = objects.reflector();
      if (reflector?.cache.synced() === true) return { state: 'Present' };
      if (objects.isAbsent()) return { state: 'Absent' };
      return { state: 'Unknown', reason: reflector?.cache.fault() ?? notListed };
    },
    start: objects.open,
    stop: () => Promise.resolve(),
  };
}

/** The reflector of objects whose API comes and goes. */
interface Objects<T> extends Pick<OptionalWatch<T>, 'subscribe' | 'filled'> {
  readonly reflector: () => Reflector<T> | undefined;
  /** Whether the server answered last that it does not have such objects. */
  readonly isAbsent: () => boolean;
  readonly open: () => void;
  /** The API is gone, and its objects with it. */
  readonly close: () => void;
  /** Nothing is opened any more. */
  readonly end: () => void;
}

function createObjects<T>(client: KubeClient, request: WatchRequest<T>, options: OptionalWatchOptions): Objects<T> {
  const handlers: ((key: string) => void)[] = [];
  let reflector: Reflector<T> | undefined;
  let stopped = false;
  let absent = false;
  let settle: (filled: boolean) => void = () => undefined;
  const settled = new Promise<boolean>((resolve) => (settle = resolve));
  const onRestart = (restart: Restart): void => {
    absent = restart.reason === 'absent';
    if (absent && options.absence.shownBy === 'Watch') settle(true);
    options.onRestart?.(restart);
  };
  const forget = async (closing: Reflector<T> | undefined): Promise<void> => {
    const keys = closing?.cache.keys() ?? [];
    await closing?.stop();
    for (const key of keys) for (const handler of handlers) handler(key);
  };
  return {
    reflector: () => reflector,
    isAbsent: () => absent,
    open: () => {
      if (stopped || reflector !== undefined) return;
      const opened = createReflector<T>(client, request, { ...options, onRestart });
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
