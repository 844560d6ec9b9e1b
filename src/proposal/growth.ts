import { isObject, type Json, type JsonObject, type ListKeys } from '../state/index.js';

/** A document between what is there and what is wanted. */
export interface Growth {
  /** What is there, with the items that are new: nothing that was there is gone or different. */
  readonly grown: JsonObject;
  /** What the wanted one does beyond that: a place and what becomes of it, one a line. Empty when it only grows. */
  readonly losses: readonly string[];
}

interface Part {
  readonly value: Json;
  readonly losses: readonly string[];
}

/**
 * Takes new items of lists whose items have names, and leaves every value that is there as it is. A new field beside such a
 * list may grant, limit or replace something, so it is no growth.
 */
export function growth(there: JsonObject, wanted: JsonObject, keys: ListKeys = {}): Growth {
  const { value, losses } = grownObject(there, wanted, keys, '');
  return { grown: value, losses };
}

function grownObject(
  there: JsonObject,
  wanted: JsonObject,
  keys: ListKeys,
  at: string,
): Growth & { value: JsonObject } {
  const fields: [string, Json][] = [];
  const losses: string[] = [];
  for (const field of new Set([...Object.keys(there), ...Object.keys(wanted)])) {
    const [before, after] = [own(there, field), own(wanted, field)];
    const { value, losses: lost } = grownField(before, after, own(keys, field) ?? {}, `${at}/${field}`);
    if (value !== undefined) fields.push([field, value]);
    losses.push(...lost);
  }
  const value = Object.fromEntries(fields);
  return { value, grown: value, losses };
}

function own<T>(record: Readonly<Record<string, T>>, field: string): T | undefined {
  return Object.hasOwn(record, field) ? record[field] : undefined;
}

function grownField(
  there: Json | undefined,
  wanted: Json | undefined,
  { keys, fields }: ListKeys[string],
  at: string,
): { readonly value: Json | undefined; readonly losses: readonly string[] } {
  const lists = keys === undefined ? undefined : namedLists(there, wanted);
  if (lists !== undefined && keys !== undefined) {
    const grown = grownList(lists.there, lists.wanted, { keys, fields }, at);
    return there === undefined && grown.value.length === 0 ? { value: wanted, losses: grown.losses } : grown;
  }
  if (isObject(there) && isObject(wanted)) return grownObject(there, wanted, fields ?? {}, at);
  const isSame = JSON.stringify(there) === JSON.stringify(wanted);
  return { value: there, losses: isSame ? [] : [`${at} ${JSON.stringify(wanted) ?? 'gone'}`] };
}

interface Lists {
  readonly there: readonly JsonObject[];
  readonly wanted: readonly JsonObject[];
}

/** Two lists whose items can have names; one that is absent is empty. */
function namedLists(there: Json = [], wanted: Json = []): Lists | undefined {
  return areNamed(there) && areNamed(wanted) ? { there, wanted } : undefined;
}

function areNamed(value: Json): value is readonly JsonObject[] {
  return Array.isArray(value) && (value as readonly Json[]).every(isObject);
}

interface Named {
  readonly keys: readonly string[];
  readonly fields: ListKeys | undefined;
}

function grownList(
  there: readonly JsonObject[],
  wanted: readonly JsonObject[],
  { keys, fields = {} }: Named,
  at: string,
): { readonly value: readonly JsonObject[]; readonly losses: readonly string[] } {
  const identity = (item: JsonObject): string => JSON.stringify(keys.map((key) => item[key] ?? null));
  const after = new Map(wanted.map((item) => [identity(item), item]));
  const before = new Map(there.map((item) => [identity(item), item]));
  const parts = there.map((item): Part & { readonly value: JsonObject } => {
    const id = identity(item);
    const next = after.get(id);
    return next === undefined
      ? { value: item, losses: [`${at}${id} gone`] }
      : grownObject(item, next, fields, `${at}${id}`);
  });
  const added = wanted.filter((item) => !before.has(identity(item)));
  const value = [...parts.map((part) => part.value), ...added];
  const isSorted = (items: readonly JsonObject[]): boolean =>
    items.every((item, index) => index === 0 || identity(items[index - 1] ?? {}) <= identity(item));
  const order = (a: JsonObject, b: JsonObject): number => (identity(a) < identity(b) ? -1 : 1);
  return {
    value: isSorted(there) && isSorted(wanted) ? value.toSorted(order) : value,
    losses: parts.flatMap(({ losses }) => losses),
  };
}
