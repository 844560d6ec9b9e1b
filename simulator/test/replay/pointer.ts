import { type Json, type JsonObject } from './scenario.js';

/** Whether the value is an object, not a list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function keysOf(pointer: string): readonly string[] {
  return pointer === '/' ? [] : pointer.slice(1).split('/');
}

/** The value at a pointer. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const key of keysOf(pointer)) {
    if (isList(value)) value = value[Number(key)];
    else value = isObject(value) ? value[key] : undefined;
  }
  return value;
}

/** The root with another value at the pointer; undefined takes it out. */
export function withValueAt(root: Json, pointer: string, value: Json | undefined): Json {
  return replaced(root, keysOf(pointer), value) ?? null;
}

function replaced(at: Json | undefined, keys: readonly string[], value: Json | undefined): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (isList(at))
    return at.map((entry, index) => (index === Number(key) ? (replaced(entry, rest, value) ?? null) : entry));
  if (!isObject(at)) return at;
  const inner = replaced(at[key], rest, value);
  return Object.fromEntries(
    inner === undefined
      ? Object.entries(at).filter(([name]) => name !== key)
      : [...Object.entries(at).filter(([name]) => name !== key), [key, inner] as const],
  );
}
