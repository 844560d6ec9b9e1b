import type { Claim } from './claim.js';
import { partsOf, things } from './managed-items.js';

/**
 * Whether a permission came by itself with things that are ours: we made the repository, and the robot had a role then.
 * Keeping no entry for these keeps the inventory small.
 */
export function impliedPermission(ours: (thing: string) => boolean): (permission: string) => boolean {
  return (permission) => {
    const [, repository = '', kind, name = ''] = partsOf(permission);
    return kind === 'robot' && ours(things.role(name)) && isMade(ours, repository);
  };
}

/** All of them on one repository, as far as the inventory goes. */
export function impliedPermissions({ recorded, kind }: Claim, repository: string): ReadonlySet<string> {
  if (!isMade(recorded, repository)) return new Set();
  return new Set(kind('role').map((role) => things.permission(repository, 'robot', partsOf(role)[1] ?? '')));
}

function isMade(ours: (thing: string) => boolean, repository: string): boolean {
  return ours(things.imageStream(repository)) || ours(things.repository(repository));
}
