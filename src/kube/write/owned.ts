import { type Fields, isRecord, objectOrEmpty } from '../../json/index.js';
import { covers } from './covers.js';

/** Who applies, and which part of the object on its own. */
export interface Ownership {
  readonly manager: string;
  readonly apiVersion: string;
  readonly subresource?: string;
}

/** The fields that a manager has applied, as the API server writes them down; undefined when it has applied nothing. */
export function ownedFields(live: Fields, { manager, apiVersion, subresource }: Ownership): Fields | undefined {
  const entries: readonly unknown[] = Array.isArray(objectOrEmpty(live.metadata).managedFields)
    ? (objectOrEmpty(live.metadata).managedFields as readonly unknown[])
    : [];
  const entry = entries
    .map(objectOrEmpty)
    .find((one) => one.manager === manager && one.operation === 'Apply' && one.subresource === subresource);
  return entry?.apiVersion === apiVersion ? objectOrEmpty(entry.fieldsV1) : undefined;
}

/** Whether what is owned is what is declared, field by field, and the live values are the declared ones. */
export function isAsDeclared(owned: Fields, declared: unknown, live: unknown): boolean {
  const paths = Object.keys(owned).filter((path) => path !== '.');
  if (Array.isArray(declared) && paths.length > 0) return isListAsDeclared(owned, paths, { declared, live });
  if (!isRecord(declared) || paths.length === 0) return covers(live, declared);
  const names = Object.keys(declared).filter((name) => declared[name] !== undefined);
  return (
    isRecord(live) &&
    names.length === paths.length &&
    names.every(
      (name) => `f:${name}` in owned && isAsDeclared(objectOrEmpty(owned[`f:${name}`]), declared[name], live[name]),
    )
  );
}

/** A list whose items are owned one by one: by key (`k:`) or by value (`v:`). Others may have put more into it. */
function isListAsDeclared(
  owned: Fields,
  paths: readonly string[],
  { declared, live }: { readonly declared: readonly unknown[]; readonly live: unknown },
): boolean {
  if (!Array.isArray(live) || paths.length !== declared.length) return false;
  return paths.every((path) => {
    const key: unknown = JSON.parse(path.slice(2));
    const find = (list: readonly unknown[]): unknown => list.find((item) => covers(item, key));
    const wanted = find(declared);
    return wanted !== undefined && isAsDeclared(objectOrEmpty(owned[path]), wanted, find(live));
  });
}
