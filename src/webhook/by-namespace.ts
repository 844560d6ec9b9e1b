/** Objects by the namespace that they speak of, which is none of their own. */
export interface ByNamespace<T> {
  readonly of: (namespace: string) => readonly T[];
  /** Puts an object in its place, or takes it away; gives the namespaces that are concerned. */
  readonly set: (key: string, value: T | undefined) => readonly string[];
}

/** An empty index. */
export function byNamespace<T>(namespaceOf: (value: T) => string | undefined): ByNamespace<T> {
  const namespaces = new Map<string, string>();
  const inside = new Map<string, Map<string, T>>();
  const take = (key: string): string | undefined => {
    const former = namespaces.get(key);
    if (former === undefined) return undefined;
    const there = inside.get(former);
    there?.delete(key);
    if (there?.size === 0) inside.delete(former);
    namespaces.delete(key);
    return former;
  };
  const put = (key: string, namespace: string, value: T): void => {
    namespaces.set(key, namespace);
    inside.set(namespace, (inside.get(namespace) ?? new Map<string, T>()).set(key, value));
  };
  return {
    of: (namespace) => [...(inside.get(namespace)?.values() ?? [])],
    set: (key, value) => {
      const before = take(key);
      const namespace = value === undefined ? undefined : namespaceOf(value);
      if (value !== undefined && namespace !== undefined) put(key, namespace, value);
      return [...new Set([before, namespace])].filter((name) => name !== undefined);
    },
  };
}
