import { createHash } from 'node:crypto';
import { type QuayOrganizationSpec } from '../../api/index.js';

/** Digest of the permissions in a document. Roles are read when that is another one: it takes one more call for every robot. */
export function rolesDigest({ robots, teams, defaultPermissions, repositories }: QuayOrganizationSpec): string {
  const granted = repositories.flatMap(({ name, permissions }) =>
    permissions === undefined ? [] : [[name, permissions]],
  );
  const grants = [robots.map(({ name, role }) => [name, role]), teams, defaultPermissions, granted];
  return createHash('sha256').update(JSON.stringify(grants)).digest('base64url');
}
