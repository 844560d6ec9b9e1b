import { type z } from 'zod';
import { type Problem } from '../../errors/index.js';
import { isSet, mapKeys } from '../schema/list-keys.js';
import { fieldsOf, itemOf } from '../schema/walk.js';
import { fieldPath } from './field-path.js';

/** Finds items that a list must not hold twice: two robots of one name, the same member again. */
export type DuplicateFinder = (value: unknown, path?: readonly PropertyKey[]) => Problem[];

/** The finder for a schema, walked once; undefined where no list below it minds. */
export function duplicateFinder(schema: z.core.$ZodType): DuplicateFinder | undefined {
  const item = itemOf(schema);
  return item === undefined ? inObject(schema) : inList(schema, duplicateFinder(item));
}

function inObject(schema: z.core.$ZodType): DuplicateFinder | undefined {
  const finders = Object.entries(fieldsOf(schema)).flatMap(([field, inner]) => {
    const find = duplicateFinder(inner);
    return find === undefined ? [] : [{ field, find }];
  });
  if (finders.length === 0) return undefined;
  return (value, path = []) =>
    finders.flatMap(({ field, find }) => {
      const inner = fieldOf(value, field);
      return inner === undefined ? [] : find(inner, [...path, field]);
    });
}

function inList(schema: z.core.$ZodType, findInItem: DuplicateFinder | undefined): DuplicateFinder | undefined {
  const keys = mapKeys(schema);
  const unique = keys !== undefined || isSet(schema);
  if (!unique && findInItem === undefined) return undefined;
  return (value, path = []) => {
    if (!Array.isArray(value)) return [];
    const items: readonly unknown[] = value;
    return [
      ...(unique ? repeated(items, keys, path) : []),
      ...(findInItem === undefined ? [] : items.flatMap((item, index) => findInItem(item, [...path, index]))),
    ];
  };
}

function repeated(
  items: readonly unknown[],
  keys: readonly string[] | undefined,
  path: readonly PropertyKey[],
): Problem[] {
  const first = new Map<string, number>();
  return items.flatMap((item, index) => {
    // An absent key counts as empty, which is what the schemas make of it.
    const parts = keys === undefined ? [item] : keys.map((key) => fieldOf(item, key) ?? '');
    const identity = JSON.stringify(parts);
    const earlier = first.get(identity);
    if (earlier === undefined) first.set(identity, index);
    if (earlier === undefined || parts.every((part) => part === '')) return [];
    const named = parts.filter((part) => part !== '').map(String);
    const message = `${named.join(' ')} is already at ${fieldPath([...path, earlier])}`;
    return [{ path: fieldPath([...path, index]), message }];
  });
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
}
