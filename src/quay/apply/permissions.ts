import type { Change } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { objectOf } from '../answer/fields.js';
import type { Call } from '../transport/call.js';
import { create, remove } from './confirm.js';
import type { Applying } from './context.js';
import { grantee } from './grantee.js';

type Of<T extends Change['type']> = Extract<Change, { readonly type: T }>;

function permissionCall(
  { calls, names }: Applying,
  method: Call['method'],
  { repository, kind, name }: Pick<Of<'DeletePermission'>, 'repository' | 'kind' | 'name'>,
  body?: unknown,
): Call {
  const who = grantee(names, kind, name);
  return calls.repository(method, `/permissions/${who.kind}/{name}`, [repository, who.name], { body });
}

/** Gives or changes a permission. */
export async function setPermission(applying: Applying, change: Of<'SetPermission'>): Promise<void> {
  const { ask } = applying;
  await create(ask, permissionCall(applying, 'PUT', change, { role: change.role }), async () => {
    const read = permissionCall(applying, 'GET', change);
    const found = await ask.find(read);
    return found !== undefined && objectOf(found, asked(read), 'the permission').role === change.role;
  });
}

/** Takes a permission back. */
export function deletePermission(applying: Applying, change: Of<'DeletePermission'>): Promise<void> {
  return remove(applying.ask, permissionCall(applying, 'DELETE', change));
}
