import { type z } from 'zod';
import { type Problem } from '../../errors/index.js';
import { isSet, mapKeys } from '../schema/list-keys.js';
import { fieldsOf, itemOf } from '../schema/walk.js';
import { fieldPath } from './field-path.js';

/** Items that a list must not hold twice: two robots of one name, the same member again. */
export function duplicates(schema: z.core.$ZodType, value: unknown, path: readonly PropertyKey[] = []): Problem[] {
  const item = itemOf(schema);
  if (item !== undefined) {
    if (!Array.isArray(value)) return [];
    const items: readonly unknown[] = value;
    return [
      ...repeated(schema, items, path),
      ...items.flatMap((inner, index) => duplicates(item, inner, [...path, index])),
    ];
  }
  return Object.entries(fieldsOf(schema)).flatMap(([field, inner]) =>
    duplicates(inner, fieldOf(value, field), [...path, field]),
  );
}

function repeated(schema: z.core.$ZodType, items: readonly unknown[], path: readonly PropertyKey[]): Problem[] {
  const keys = mapKeys(schema);
  if (keys === undefined && !isSet(schema)) return [];
  const first = new Map<string, number>();
  return items.flatMap((item, index) => {
    // An absent key counts as empty, which is what the schemas make of it.
    const parts = keys === undefined ? [item] : keys.map((key) => fieldOf(item, key) ?? '');
    const identity = JSON.stringify(parts);
    const earlier = first.get(identity);
    if (earlier === undefined) first.set(identity, index);
    if (earlier === undefined || parts.every((part) => part === '')) return [];
    const named = parts.filter((part) => part !== '').map(String);
    return [
      {
        path: fieldPath([...path, index]),
        message: `${named.join(' ')} is already at ${fieldPath([...path, earlier])}`,
      },
    ];
  });
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
}
