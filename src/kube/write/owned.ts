import { type Fields, isRecord, recordOf } from '../fields.js';
import { covers } from './covers.js';

/** Who applies, and which part of the object on its own. */
export interface Ownership {
  readonly manager: string;
  readonly apiVersion: string;
  readonly subresource?: string;
}

/** The fields that a manager has applied, as the API server writes them down; undefined when it has applied nothing. */
export function ownedFields(live: Fields, { manager, apiVersion, subresource }: Ownership): Fields | undefined {
  const entries: readonly unknown[] = Array.isArray(recordOf(live.metadata).managedFields)
    ? (recordOf(live.metadata).managedFields as readonly unknown[])
    : [];
  const entry = entries
    .map(recordOf)
    .find((one) => one.manager === manager && one.operation === 'Apply' && one.subresource === subresource);
  return entry?.apiVersion === apiVersion ? recordOf(entry.fieldsV1) : undefined;
}

/** Whether what is owned is what is stated, field by field, and the live values are the stated ones. */
export function isAsStated(owned: Fields, stated: unknown, live: unknown): boolean {
  const paths = Object.keys(owned).filter((path) => path !== '.');
  if (Array.isArray(stated) && paths.length > 0) return listIsAsStated(owned, paths, { stated, live });
  if (!isRecord(stated) || paths.length === 0) return covers(live, stated);
  const names = Object.keys(stated).filter((name) => stated[name] !== undefined);
  return (
    isRecord(live) &&
    names.length === paths.length &&
    names.every((name) => `f:${name}` in owned && isAsStated(recordOf(owned[`f:${name}`]), stated[name], live[name]))
  );
}

/** A list whose items are owned one by one: by key (`k:`) or by value (`v:`). Others may have put more into it. */
function listIsAsStated(
  owned: Fields,
  paths: readonly string[],
  { stated, live }: { readonly stated: readonly unknown[]; readonly live: unknown },
): boolean {
  if (!Array.isArray(live) || paths.length !== stated.length) return false;
  return paths.every((path) => {
    const key: unknown = JSON.parse(path.slice(2));
    const find = (list: readonly unknown[]): unknown => list.find((item) => covers(item, key));
    const wanted = find(stated);
    return wanted !== undefined && isAsStated(recordOf(owned[path]), wanted, find(live));
  });
}
