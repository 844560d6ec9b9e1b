import type { ObservedRepository, RepositoryNeeds } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { flagOr, objectOf } from '../answer/fields.js';
import type { Features } from '../features.js';
import type { Reading } from './context.js';
import { roleIn } from './grants.js';
import { readMirror } from './mirror.js';
import { readNotifications } from './notifications.js';
import { readAutoPrune, readImmutability } from './policies.js';

/** Adds to a repository what is needed of it and what this Quay offers. */
export async function completeRepository(
  reading: Reading,
  features: Features,
  repository: ObservedRepository,
  needs: RepositoryNeeds,
): Promise<ObservedRepository> {
  const { ask, calls, names } = reading;
  const { name } = repository;
  const [userPermissions, autoPrune, immutability, mirror, notifications] = await Promise.all([
    needs.userPermissions ? readUserPermissions(reading, name) : undefined,
    needs.autoPrune && features.autoPrune ? readAutoPrune(ask, calls, name) : undefined,
    needs.immutability && features.immutability ? readImmutability(ask, calls, name) : undefined,
    needs.mirror && features.mirror ? readMirror(ask, calls, names, name) : undefined,
    needs.notifications ? readNotifications(ask, calls, name) : undefined,
  ]);
  return { ...repository, userPermissions, autoPrune, immutability, mirror, notifications };
}

/** Direct permissions of people; those of robots come with the robots. */
async function readUserPermissions(
  { ask, calls }: Reading,
  repository: string,
): Promise<NonNullable<ObservedRepository['userPermissions']>> {
  const call = calls.repository('GET', '/permissions/user/', [repository]);
  const source = asked(call);
  const body = objectOf(await ask.read(call), source, 'the answer');
  return Object.entries(objectOf(body.permissions, source, 'permissions'))
    .map(([name, value]) => ({ name, entry: objectOf(value, source, 'a permission') }))
    .filter(({ entry }) => !flagOr(entry, 'is_robot', false, source))
    .map(({ name, entry }) => ({ name, role: roleIn(entry, 'role', source) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
