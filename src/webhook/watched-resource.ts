import { type Fields } from '../json/index.js';
import {
  createReflector,
  type HandlerFault,
  type KubeClient,
  listPath,
  type Reflector,
  resourceName,
  type ResourceType,
  type Restart,
} from '../kube/index.js';

/** The objects of a kind that the cluster may not have. */
export interface WatchedResource<T> extends Pick<Reflector<T>, 'resource' | 'subscribe' | 'start' | 'stop'> {
  readonly get: (key: string) => T | undefined;
  readonly keys: () => readonly string[];
  readonly list: () => readonly T[];
  /** Why it is not known what there is; a kind that the cluster does not have is known to be empty. */
  readonly unknown: () => string | undefined;
  /** Seconds since the API server was last heard. */
  readonly age: () => number | undefined;
}

export interface WatchResourceOptions {
  /** Names, labels and annotations are enough. */
  readonly light?: boolean;
  readonly onRestart: (restart: Restart) => void;
  readonly onFault: (fault: HandlerFault) => void;
}

/** Keeps what is wanted of every object of a kind. */
export function watchResource<T>(
  client: KubeClient,
  type: ResourceType,
  keep: (object: Fields) => T,
  { light = false, onRestart, onFault }: WatchResourceOptions,
): WatchedResource<T> {
  let absent = false;
  const request = { resource: resourceName(type), path: listPath(type), light, keep };
  const { cache, ...reflector } = createReflector(client, request, {
    onFault,
    onRestart: (restart) => {
      absent = restart.reason === 'absent';
      onRestart(restart);
    },
  });
  return {
    ...reflector,
    get: cache.get,
    keys: cache.keys,
    list: () => cache.list(),
    unknown: () => (cache.synced() || absent ? undefined : (cache.fault() ?? `${request.resource} are not known yet`)),
    age: cache.age,
  };
}
