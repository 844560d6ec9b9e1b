import type { Change } from '../../plan/index.js';
import { readDefaultPermissions } from '../observe/default-permissions.js';
import { createOnce, remove } from './confirm.js';
import type { Applying } from './context.js';
import { grantee } from './grantee.js';

type Of<T extends Change['type']> = Extract<Change, { readonly type: T }>;

/** Creates a default permission; never a second one of the same by repeating. */
export function createDefaultPermission(
  { ask, calls, names }: Applying,
  { kind, name, creator, role }: Of<'CreateDefaultPermission'>,
): Promise<void> {
  const body = {
    role,
    delegate: grantee(names, kind, name),
    // Quay refuses null here, although it answers it.
    ...(creator === '' ? {} : { activating_user: { name: names.fromMember(creator) } }),
  };
  return createOnce(ask, calls.organization('POST', '/prototypes', [], { body }), async () =>
    (await readDefaultPermissions(ask, calls, names)).some(
      (found) => found.kind === kind && found.name === name && found.creator === creator && found.role === role,
    ),
  );
}

/** Changes its role. */
export async function updateDefaultPermission(
  { ask, calls }: Applying,
  { id, role }: Of<'UpdateDefaultPermission'>,
): Promise<void> {
  await ask.must(calls.organization('PUT', '/prototypes/{id}', [id], { body: { role } }));
}

/** Deletes it. */
export function deleteDefaultPermission({ ask, calls }: Applying, id: string): Promise<void> {
  return remove(ask, calls.organization('DELETE', '/prototypes/{id}', [id]));
}
