import type { Claim } from './claim.js';
import { itemParts, managedItems } from './managed-items.js';

/**
 * Whether a permission came by itself with items that are ours: we made the repository, and the robot had a role then.
 * Keeping no entry for these keeps the inventory small.
 */
export function impliedPermission(ours: (managedItem: string) => boolean): (permission: string) => boolean {
  return (permission) => {
    const [, repository = '', kind, name = ''] = itemParts(permission);
    return kind === 'robot' && ours(managedItems.role(name)) && isMade(ours, repository);
  };
}

/** All of them on one repository, as far as the inventory goes. */
export function impliedPermissions({ recorded, kind }: Claim, repository: string): ReadonlySet<string> {
  if (!isMade(recorded, repository)) return new Set();
  return new Set(kind('role').map((role) => managedItems.permission(repository, 'robot', itemParts(role)[1] ?? '')));
}

function isMade(ours: (managedItem: string) => boolean, repository: string): boolean {
  return ours(managedItems.imageStream(repository)) || ours(managedItems.repository(repository));
}
