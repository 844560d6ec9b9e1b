/** Finds the objects of a namespace without a look at all of them: thousands of Secrets and service accounts ask for them. */
export interface ByNamespace {
  /** An object is of this namespace now, or of none. */
  readonly note: (object: string, namespace: string | undefined) => void;
  readonly of: (namespace: string) => readonly string[];
}

/** An index without objects. */
export function createByNamespace(): ByNamespace {
  const namespaceOf = new Map<string, string>();
  const objectsOf = new Map<string, Set<string>>();
  return {
    note: (object, namespace) => {
      const before = namespaceOf.get(object);
      if (before === namespace) return;
      if (before !== undefined) {
        namespaceOf.delete(object);
        const left = objectsOf.get(before);
        left?.delete(object);
        if (left?.size === 0) objectsOf.delete(before);
      }
      if (namespace === undefined) return;
      namespaceOf.set(object, namespace);
      objectsOf.set(namespace, (objectsOf.get(namespace) ?? new Set<string>()).add(object));
    },
    of: (namespace) => [...(objectsOf.get(namespace) ?? [])],
  };
}
