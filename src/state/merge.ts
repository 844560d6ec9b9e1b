import { isObject, type Json, type JsonObject } from './json.js';

/** How the lists below each field are merged: by which fields an item is known, and how its own fields are merged. */
export interface ListKeys {
  readonly [field: string]: { readonly keys?: readonly string[]; readonly fields?: ListKeys };
}

/**
 * `overlay` over `base`. Mappings are merged field by field; a `null` in the overlay removes the field. A list with keys
 * is merged item by item, in the order of the base with new items sorted behind; any other value replaces the base's.
 */
export function merge(base: Json, overlay: Json, keys: ListKeys = {}): Json {
  return isObject(base) && isObject(overlay) ? mergeObjects(base, overlay, keys) : withoutNulls(overlay);
}

/** `merge` for two mappings. */
export function mergeObjects(base: JsonObject, overlay: JsonObject, keys: ListKeys = {}): JsonObject {
  // A Map, since writing to a plain object would set its prototype for the key `__proto__`.
  const merged = new Map(Object.entries(base));
  for (const [field, value] of Object.entries(overlay)) {
    if (value === null) merged.delete(field);
    else if (value !== undefined) merged.set(field, mergeField(merged.get(field), value, own(keys, field)));
  }
  return Object.fromEntries(merged);
}

function own(keys: ListKeys, field: string): ListKeys[string] {
  return (Object.hasOwn(keys, field) ? keys[field] : undefined) ?? {};
}

function mergeField(base: Json | undefined, overlay: Json, { keys, fields }: ListKeys[string]): Json {
  if (isObject(overlay)) return mergeObjects(isObject(base) ? base : {}, overlay, fields);
  if (!isList(overlay) || keys === undefined) return withoutNulls(overlay);
  const known = isList(base) ? base : [];
  // Items that are no mappings have no name; the schema will say so about the merged document.
  if (![...known, ...overlay].every(isObject)) return overlay;
  return mergeLists(known.filter(isObject), overlay.filter(isObject), keys, fields);
}

function mergeLists(
  base: readonly JsonObject[],
  overlay: readonly JsonObject[],
  keys: readonly string[],
  fields: ListKeys = {},
): readonly JsonObject[] {
  const identity = (item: JsonObject): string => JSON.stringify(keys.map((key) => item[key] ?? null));
  const merged = new Map(base.map((item) => [identity(item), item]));
  // Two items of the base with one identity are a fault that the schema names: merging must not hide it.
  if (merged.size < base.length) return [...base, ...overlay];
  const added = new Map<string, JsonObject>();
  for (const item of overlay) {
    const id = identity(item);
    const into = merged.has(id) ? merged : added;
    into.set(id, mergeObjects(into.get(id) ?? {}, item, fields));
  }
  const sorted = [...added].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  return [...merged.values(), ...sorted];
}

/** A value that replaces has nothing underneath to remove: its nulls go too, so that merging twice changes nothing. */
function withoutNulls(value: Json): Json {
  if (isObject(value)) return mergeObjects({}, value);
  return isList(value) ? value.map(withoutNulls) : value;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
