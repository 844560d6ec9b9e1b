import { type Clock } from '../../clock/index.js';
import {
  type Cache,
  createReflector,
  type KubeClient,
  listPath,
  type Reflector,
  type ReflectorOptions,
  resourceName,
  resourceTypes,
  watchApi,
} from '../../kube/index.js';
import { isDeepStrictEqual } from 'node:util';
import { buildRecord, type BuildRecord } from '../import-record.js';

/** The Builds of a cluster that may have the API for them or not, and may get or lose it. */
export interface BuildWatch {
  /** Nothing while there is no such API. */
  readonly cache: () => Cache<BuildRecord> | undefined;
  /** Whether the API is there; undefined while unknown. */
  readonly isServed: () => boolean | undefined;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

export interface BuildWatchOptions extends ReflectorOptions {
  readonly apiSeconds?: { readonly upToDate: number; readonly unknown: number };
  readonly clock?: Clock;
  /** Called with the key of every Build that is there, comes, changes or goes. */
  readonly onKey: (key: string) => void;
}

const { build } = resourceTypes;
const request = {
  resource: resourceName(build),
  path: listPath(build),
  keep: buildRecord,
  // A build writes its status all the time: what is not kept is no news.
  same: isDeepStrictEqual,
} as const;

/** Watches whether there is a Build API, and the Builds for as long as it is not absent for certain. */
export function watchBuilds(client: KubeClient, { apiSeconds, onKey, ...options }: BuildWatchOptions): BuildWatch {
  let reflector: Reflector<BuildRecord> | undefined;
  let stopped = false;

  const open = (): void => {
    if (stopped || reflector !== undefined) return;
    reflector = createReflector<BuildRecord>(client, request, options);
    reflector.subscribe(onKey);
    reflector.start();
  };
  const close = async (): Promise<void> => {
    const closing = reflector;
    reflector = undefined;
    const keys = closing?.cache.keys() ?? [];
    await closing?.stop();
    keys.forEach(onKey);
  };
  const api = watchApi(
    client,
    { group: 'build.openshift.io', resource: build.plural },
    {
      ...(apiSeconds && { settledSeconds: apiSeconds.upToDate, unknownSeconds: apiSeconds.unknown }),
      ...(options.clock && { clock: options.clock }),
      // Unknown closes nothing: the watch heals itself, and knows more than a question that failed.
      onChange: ({ state }) => {
        if (state === 'Present') open();
        else if (state === 'Absent') void close();
      },
    },
  );

  return {
    cache: () => reflector?.cache,
    isServed: () => {
      const { state } = api.state();
      if (state === 'Unknown') return reflector === undefined ? undefined : true;
      return state === 'Present';
    },
    start: () => api.start(),
    stop: async () => {
      stopped = true;
      await api.stop();
      await reflector?.stop();
    },
  };
}
