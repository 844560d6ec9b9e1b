import { type Fields } from '../../src/json/index.js';
import { createReflector, type KubeClient, objectPath, type ResourceType } from '../../src/kube/index.js';
import { listPath, type ObjectName, resourceName } from '../../src/kube/resource-type.js';

/** Somebody who undoes what others write, each time and at once, until it is stopped. */
export interface Undoing {
  /** How often so far. */
  readonly times: () => number;
  readonly stop: () => Promise<void>;
}

interface Undo {
  readonly type: ResourceType;
  readonly named: ObjectName;
  /** What to merge into the object; nothing when it is as it should be for this one. `Delete` takes the object away. */
  readonly change: (object: Fields) => Fields | 'Delete' | undefined;
  readonly manager: string;
}

/** A controller as there are many: it watches one object. */
export function undo(client: KubeClient, { type, named, change, manager }: Undo): Undoing {
  const path = objectPath(type, named);
  const resource = resourceName(type);
  let times = 0;
  let working = Promise.resolve();
  const watch = createReflector<Fields>(client, {
    resource,
    path: listPath(type, named.namespace),
    fieldSelector: `metadata.name=${named.name}`,
    keep: (object) => object,
  });
  const act = async (key: string): Promise<void> => {
    const object = watch.cache.get(key);
    const wanted = object && change(object);
    if (wanted === undefined) return;
    times += 1;
    const merge = { verb: 'patch', contentType: 'application/merge-patch+json' } as const;
    await (wanted === 'Delete'
      ? client.call({ verb: 'delete', resource, path })
      : client.call({ ...merge, resource, path: `${path}?fieldManager=${manager}`, body: wanted }));
  };
  watch.subscribe((key) => void (working = working.then(() => act(key))));
  watch.start();
  return {
    times: () => times,
    stop: async () => {
      await watch.stop();
      await working;
    },
  };
}
