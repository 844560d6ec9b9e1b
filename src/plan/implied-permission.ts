import { partsOf, things } from './things.js';

/**
 * Whether a permission came by itself with things that are ours: we made the repository, and the robot had a role then.
 * Keeping no entry for these keeps the inventory small.
 */
export function impliedPermission(ours: (thing: string) => boolean): (permission: string) => boolean {
  return (permission) => {
    const [, repository = '', kind, name = ''] = partsOf(permission);
    const made = ours(things.imageStream(repository)) || ours(things.repository(repository));
    return kind === 'robot' && made && ours(things.role(name));
  };
}
