/** Finds the objects of a group, as a namespace, without a look at all of them: there are thousands, and many ask. */
export interface Grouped {
  /** An object is of this group now, or of none; gives the one it was of before. */
  readonly note: (object: string, group: string | undefined) => string | undefined;
  readonly of: (group: string) => readonly string[];
}

/** An index without objects. */
export function createGrouped(): Grouped {
  const groupOf = new Map<string, string>();
  const objectsOf = new Map<string, Set<string>>();
  return {
    note: (object, group) => {
      const before = groupOf.get(object);
      if (before === group) return before;
      if (before !== undefined) {
        groupOf.delete(object);
        const left = objectsOf.get(before);
        left?.delete(object);
        if (left?.size === 0) objectsOf.delete(before);
      }
      if (group === undefined) return before;
      groupOf.set(object, group);
      objectsOf.set(group, (objectsOf.get(group) ?? new Set<string>()).add(object));
      return before;
    },
    of: (group) => [...(objectsOf.get(group) ?? [])],
  };
}
