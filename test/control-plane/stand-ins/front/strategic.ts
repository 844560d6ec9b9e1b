import type { Reply } from '../../proxy/serve.js';
import { type Api, type Fields, merge } from './api.js';

/** Lists whose items have a name of their own are merged by it; all others are replaced. */
const keys: Readonly<Record<string, string>> = { env: 'name', ownerReferences: 'uid', buildArgs: 'name' };

/** Does a strategic merge patch, which custom resources do not know, with the rights of the caller. */
export async function strategicPatch(caller: Api, path: string, patch: Fields): Promise<Reply> {
  const found = await caller.call('GET', path.replace(/\/status$/, ''));
  if (found.status !== 200) return found;
  return caller.call('PATCH', path, merged(patch, found.body), merge);
}

/** The same change as a JSON merge patch of what is there. */
export function merged(patch: Fields, before: Fields): Fields {
  return Object.fromEntries(
    Object.entries(patch).map(([field, value]) => [field, valueOf(field, value, before[field])]),
  );
}

function valueOf(field: string, value: unknown, before: unknown): unknown {
  const key = keys[field];
  if (Array.isArray(value))
    return key === undefined ? value : mergedList(key, value, Array.isArray(before) ? before : []);
  return isFields(value) ? merged(value, isFields(before) ? before : {}) : value;
}

function mergedList(key: string, patch: readonly unknown[], before: readonly unknown[]): readonly unknown[] {
  const changes = patch.filter(isFields);
  const changeOf = (item: Fields): Fields | undefined => changes.find((change) => change[key] === item[key]);
  const kept = before.filter(isFields).flatMap((item) => {
    const change = changeOf(item);
    return change?.$patch === 'delete' ? [] : [{ ...item, ...change }];
  });
  const added = changes.filter(
    (change) => change.$patch !== 'delete' && !kept.some((item) => item[key] === change[key]),
  );
  return [...kept, ...added];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
