/** Collects what a document cannot declare, in words. */
export interface LeftOut {
  readonly add: (what: string) => void;
  readonly list: () => readonly string[];
}

/** A new, empty collection. */
export function leavingOut(): LeftOut {
  const all = new Set<string>();
  return { add: (what) => void all.add(what), list: () => [...all].sort() };
}

/** The items whose key nobody else has; of the others one line says that they are left out. */
export function withoutDoubles<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  onDoubles: (item: T) => void,
): readonly T[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return items.filter((item) => {
    if (counts.get(keyOf(item)) === 1) return true;
    onDoubles(item);
    return false;
  });
}
