import { repositoryRole } from '../../api/index.js';
import type { RepositoryGrant } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { type JsonObject, listIn, objectOf, textIn, wordIn } from '../answer/fields.js';
import type { Ask } from '../ask.js';
import type { Call } from '../transport/call.js';

/** The role under a key. */
export function roleIn(object: JsonObject, key: string, source: string): RepositoryGrant['role'] {
  return wordIn(object, key, repositoryRole.options, source);
}

/** Permissions of a robot or team on repositories that exist; a deleted one stays listed for a while under a made-up name. */
export async function readGrants(
  ask: Ask,
  call: Call,
  exists: (repository: string) => boolean,
): Promise<readonly RepositoryGrant[]> {
  const source = asked(call);
  const body = objectOf(await ask.read(call), source, 'the permissions');
  return listIn(body, 'permissions', source)
    .map((entry) => {
      const permission = objectOf(entry, source, 'a permission');
      const repository = objectOf(permission.repository, source, 'repository');
      return { repository: textIn(repository, 'name', source), role: roleIn(permission, 'role', source) };
    })
    .filter(({ repository }) => exists(repository))
    .sort((a, b) => (a.repository < b.repository ? -1 : 1));
}
