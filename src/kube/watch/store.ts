import { keyOf, namespacedNameOf } from './object-key.js';

/** An object as it is kept. */
export interface Kept<T> {
  readonly key: string;
  readonly resourceVersion: string;
  /** Absent when it could not be read. */
  readonly value?: T;
}

/** The objects of a list, by namespace. Every change gives the keys that others have to hear of. */
export interface Store<T> {
  readonly get: (key: string) => T | undefined;
  /** Of one namespace, or of all. */
  readonly values: (namespace?: string) => T[];
  readonly keys: () => string[];
  readonly size: () => number;
  /** Those that are there and could not be read. */
  readonly unreadable: () => string[];
  readonly put: (kept: Kept<T>) => readonly string[];
  readonly remove: (key: string) => readonly string[];
  readonly replace: (all: readonly Kept<T>[]) => readonly string[];
}

/** An empty store. Two values that are `same` are no change. */
export function createStore<T>(same: (before: T, after: T) => boolean): Store<T> {
  let namespaces = new Map<string, Map<string, Kept<T>>>();
  const find = (key: string): Kept<T> | undefined => {
    const { namespace, name } = namespacedNameOf(key);
    return namespaces.get(namespace)?.get(name);
  };
  const all = (): Kept<T>[] => [...namespaces.values()].flatMap((inside) => [...inside.values()]);
  const set = (kept: Kept<T>): void => {
    const { namespace, name } = namespacedNameOf(kept.key);
    const inside = namespaces.get(namespace) ?? new Map<string, Kept<T>>();
    namespaces.set(namespace, inside.set(name, kept));
  };
  const changed = (before: Kept<T> | undefined, after: Kept<T>): boolean => {
    if (before?.resourceVersion === after.resourceVersion) return false;
    return before?.value === undefined || after.value === undefined || !same(before.value, after.value);
  };
  return {
    get: (key) => find(key)?.value,
    values: (namespace) =>
      (namespace === undefined ? all() : [...(namespaces.get(namespace)?.values() ?? [])]).flatMap(({ value }) =>
        value === undefined ? [] : [value],
      ),
    keys: () => all().map(({ key }) => key),
    size: () => [...namespaces.values()].reduce((sum, inside) => sum + inside.size, 0),
    unreadable: () =>
      all()
        .filter(({ value }) => value === undefined)
        .map(({ key }) => key),
    put: (kept) => {
      const notable = changed(find(kept.key), kept);
      set(kept);
      return notable ? [kept.key] : [];
    },
    remove: (key) => {
      const { namespace, name } = namespacedNameOf(key);
      const inside = namespaces.get(namespace);
      if (inside?.delete(name) !== true) return [];
      if (inside.size === 0) namespaces.delete(namespace);
      return [keyOf(namespace, name)];
    },
    replace: (objects) => {
      const gone = new Set(all().map(({ key }) => key));
      const notable = objects.filter((kept) => {
        gone.delete(kept.key);
        return changed(find(kept.key), kept);
      });
      namespaces = new Map();
      objects.forEach(set);
      return [...notable.map(({ key }) => key), ...gone];
    },
  };
}
