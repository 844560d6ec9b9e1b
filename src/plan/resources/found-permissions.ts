import type { DefaultPermission, GranteeKind, RepositoryRole } from '../../api/index.js';
import { wasFoundLikeThat } from '../as-found.js';
import type { Context } from '../context.js';
import { inOrder } from '../keyed.js';
import type { ObservedDefaultPermission } from '../observed.js';
import { managedItems } from '../managed-items.js';
import { declaredDefaultPermissions } from './default-permissions.js';

/** A permission on a repository; its role only where roles were read. */
export interface FoundPermission {
  readonly kind: GranteeKind;
  readonly name: string;
  readonly role: RepositoryRole | undefined;
}

type ByRepository = Map<string, Map<string, FoundPermission>>;

/** Permissions by repository and name of the item, on repositories that are there or will be a moment before. */
export function foundPermissions(context: Context): ReadonlyMap<string, ReadonlyMap<string, FoundPermission>> {
  const all: ByRepository = new Map();
  const add = (repository: string, permission: FoundPermission): void => {
    const managedItem = managedItems.permission(repository, permission.kind, permission.name);
    const here = all.get(repository) ?? new Map<string, FoundPermission>();
    all.set(repository, here.set(managedItem, permission));
  };
  const { observed } = context;
  for (const { name, repositories, permissions = [] } of observed.robots) {
    if (context.leaving.has(managedItems.robot(name))) continue;
    const roles = new Map(permissions.map(({ repository, role }) => [repository, role]));
    for (const repository of new Set([...repositories, ...roles.keys()]))
      add(repository, { kind: 'robot', name, role: roles.get(repository) });
  }
  for (const { name, permissions } of observed.teams) {
    if (context.leaving.has(managedItems.team(name))) continue;
    for (const { repository, role } of permissions ?? []) add(repository, { kind: 'team', name, role });
  }
  for (const repository of observed.repositories)
    for (const { name, role } of repository.userPermissions ?? []) add(repository.name, { kind: 'user', name, role });
  addStarting(context, add);
  return new Map([...all].map(([name, here]) => [name, inOrder(here)]));
}

/** Whether a default permission may give something else than declared; one that differs is corrected before any repository is made. */
function isDoubted(
  context: Context,
  { kind, name, role, creator }: ObservedDefaultPermission,
  declared: ReadonlyMap<string, DefaultPermission>,
): boolean {
  const item = managedItems.defaultPermission(kind, name, '');
  const wanted = declared.get(item);
  if (wanted === undefined || creator !== '') return true;
  return wanted.role !== role && wasFoundLikeThat(context, item);
}

/** What a new repository starts with. Only what is certain: Quay picks any of several, and one for its creator first. */
function addStarting(context: Context, add: (repository: string, permission: FoundPermission) => void): void {
  const { observed, spec } = context;
  const declared = declaredDefaultPermissions(spec);
  const grantee = ({ kind, name }: Pick<FoundPermission, 'kind' | 'name'>): string => `${kind}/${name}`;
  const doubted = new Set([
    ...[...declared.values()].filter(({ creator }) => creator !== '').map(grantee),
    ...observed.defaultPermissions.filter((one) => isDoubted(context, one, declared)).map(grantee),
  ]);
  for (const { declared: repository, isNew } of context.listed) {
    if (!isNew) continue;
    for (const { kind, name, role, creator } of declared.values()) {
      // Quay leaves out the user who creates the repository.
      const stays =
        kind !== 'user' && !context.leaving.has(kind === 'robot' ? managedItems.robot(name) : managedItems.team(name));
      if (creator === '' && stays && !doubted.has(grantee({ kind, name }))) add(repository.name, { kind, name, role });
    }
  }
}
