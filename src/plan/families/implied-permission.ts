import { partsOf, things } from '../things.js';

/**
 * Whether a permission came by itself with things that are ours: the repository was made by us, and started with a default
 * permission that we made. Keeping no entry for these keeps the inventory small.
 */
export function impliedPermission(ours: (thing: string) => boolean): (permission: string) => boolean {
  return (permission) => {
    const [, repository = '', kind, name = ''] = partsOf(permission);
    if (kind !== 'robot' && kind !== 'team') return false;
    const made = ours(things.imageStream(repository)) || ours(things.repository(repository));
    return made && ours(things.defaultPermission(kind, name, ''));
  };
}
