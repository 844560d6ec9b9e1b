import { type KubeClient } from '../client/kube-client.js';
import { resourceTypes } from '../resource-type.js';
import { type Reflector } from './cache.js';
import { watchObject } from './watch-object.js';

/** A Secret or ConfigMap that an integration refers to. */
export interface NamedObject {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly namespace: string;
  readonly name: string;
}

/** Hears when objects change that were named, each watched on its own: the right to one name is enough. */
export interface NamedWatches {
  /** From now on exactly these objects are watched for this user. */
  readonly watch: (user: string, objects: readonly NamedObject[]) => void;
  readonly stop: () => Promise<void>;
}

const types = { Secret: resourceTypes.secret, ConfigMap: resourceTypes.configMap } as const;

/** Watches nothing, to begin with. */
export function createNamedWatches(client: KubeClient, onChange: (user: string) => void): NamedWatches {
  const users = new Map<string, ReadonlyMap<string, NamedObject>>();
  const reflectors = new Map<string, Reflector<string>>();

  const notify = (id: string): void => {
    for (const [user, objects] of users) if (objects.has(id)) onChange(user);
  };
  const open = (id: string, { kind, namespace, name }: NamedObject): void => {
    const reflector = watchObject<string>(
      client,
      types[kind],
      { namespace, name },
      {
        // Its content is read when it is needed, and never kept.
        light: true,
        keep: ({ metadata }) => JSON.stringify((metadata as { resourceVersion?: unknown }).resourceVersion),
        same: (before, after) => before === after,
      },
    );
    reflectors.set(id, reflector);
    reflector.subscribe(() => notify(id));
    reflector.start();
  };
  const tidy = (): void => {
    const wanted = new Set([...users.values()].flatMap((objects) => [...objects.keys()]));
    for (const [id, reflector] of reflectors) {
      if (wanted.has(id)) continue;
      reflectors.delete(id);
      void reflector.stop();
    }
  };

  return {
    watch: (user, objects) => {
      const named = new Map(objects.map((one) => [`${one.kind} ${one.namespace}/${one.name}`, one]));
      if (named.size === 0) users.delete(user);
      else users.set(user, named);
      for (const [id, one] of named) if (!reflectors.has(id)) open(id, one);
      tidy();
    },
    stop: async () => {
      users.clear();
      await Promise.all([...reflectors.values()].map((reflector) => reflector.stop()));
    },
  };
}
