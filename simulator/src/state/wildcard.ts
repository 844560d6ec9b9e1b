import { type Namespace } from './model.js';

/**
 * Finds the namespaces with robots whose name a pattern matches, `_` standing for any character: the real server does
 * not escape it. Names are filed under their length and, for each set of `_` positions asked for so far, under the
 * name with those positions blanked, so that a look-up costs the same however many organizations there are.
 */
export interface WildcardIndex {
  readonly byLength: Map<number, Set<Namespace>>;
  readonly masks: Map<number, Map<string, Mask>>;
}

interface Mask {
  readonly positions: readonly number[];
  readonly byMaskedName: Map<string, Set<Namespace>>;
}

/** An index without entries. */
export function createWildcardIndex(): WildcardIndex {
  return { byLength: new Map(), masks: new Map() };
}

/** Files a namespace; again does no harm. */
export function addToIndex(index: WildcardIndex, namespace: Namespace): void {
  const { name } = namespace;
  entry(index.byLength, name.length).add(namespace);
  for (const mask of index.masks.get(name.length)?.values() ?? []) {
    entry(mask.byMaskedName, blank(name, mask.positions)).add(namespace);
  }
}

/** Takes a namespace out; it must still bear the name it was filed under. */
export function removeFromIndex(index: WildcardIndex, namespace: Namespace): void {
  const { name } = namespace;
  index.byLength.get(name.length)?.delete(namespace);
  for (const mask of index.masks.get(name.length)?.values() ?? []) {
    const key = blank(name, mask.positions);
    const found = mask.byMaskedName.get(key);
    found?.delete(namespace);
    if (found?.size === 0) mask.byMaskedName.delete(key);
  }
}

/** Namespaces with robots that the pattern matches. */
export function matching(index: WildcardIndex, pattern: string): Iterable<Namespace> {
  const positions = [...pattern].flatMap((character, position) => (character === '_' ? [position] : []));
  const mask = maskOf(index, pattern.length, positions);
  return mask.byMaskedName.get(blank(pattern, positions)) ?? [];
}

function maskOf(index: WildcardIndex, length: number, positions: readonly number[]): Mask {
  const masks = index.masks.get(length) ?? new Map<string, Mask>();
  index.masks.set(length, masks);
  const key = positions.join();
  const known = masks.get(key);
  if (known) return known;
  const mask: Mask = { positions, byMaskedName: new Map() };
  for (const namespace of index.byLength.get(length) ?? []) {
    entry(mask.byMaskedName, blank(namespace.name, positions)).add(namespace);
  }
  masks.set(key, mask);
  return mask;
}

function blank(name: string, positions: readonly number[]): string {
  let blanked = name;
  for (const position of positions) blanked = `${blanked.slice(0, position)}_${blanked.slice(position + 1)}`;
  return blanked;
}

function entry<Key>(map: Map<Key, Set<Namespace>>, key: Key): Set<Namespace> {
  const found = map.get(key) ?? new Set<Namespace>();
  map.set(key, found);
  return found;
}
