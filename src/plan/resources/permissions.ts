import type { Permission, RepositoryRole } from '../../api/index.js';
import { wasFoundLikeThat } from '../as-found.js';
import type { Change } from '../change.js';
import { together, type Context, type ResourcePlan, type ListedRepository } from '../context.js';
import { byItem, compareKeyed, type Adjustment } from '../keyed.js';
import { raises } from '../roles.js';
import { managedItems } from '../managed-items.js';
import { foundPermissions, type FoundPermission } from './found-permissions.js';
import { impliedPermissions } from '../implied-permission.js';

/** Permissions on repositories: those of robots with a role on every listed one, and those that are written out. */
export function planPermissions(context: Context): ResourcePlan {
  const found = foundPermissions(context);
  const listed = new Map(context.listed.map((repository) => [repository.declared.name, repository]));
  const names = [...new Set([...listed.keys(), ...context.observed.repositories.map(({ name }) => name)])].sort();
  const ofRobots = context.spec.robots.flatMap(({ name, role }): Permission[] =>
    role === undefined ? [] : [{ kind: 'robot', name, role }],
  );
  const none: ReadonlyMap<string, FoundPermission> = new Map();
  const plan = together(
    names.map((name) =>
      planRepository(context, ofRobots, { repository: name, listed: listed.get(name), found: found.get(name) ?? none }),
    ),
  );
  return { ...plan, ours: [...ofRobots.map(({ name }) => managedItems.role(name)), ...plan.ours] };
}

/** A repository that is listed, or that only Quay has, and the permissions on it. */
interface PermissionScope {
  readonly repository: string;
  readonly listed: ListedRepository | undefined;
  readonly found: ReadonlyMap<string, FoundPermission>;
}

function planRepository(
  context: Context,
  ofRobots: readonly Permission[],
  { repository, listed, found }: PermissionScope,
): ResourcePlan {
  const { claim } = context;
  // One that is written out wins over a robot's role.
  const declared = listed === undefined ? [] : [...ofRobots, ...(listed.declared.permissions ?? [])];
  const nameOf = ({ kind, name }: Pick<Permission, 'kind' | 'name'>): string =>
    managedItems.permission(repository, kind, name);
  const implied = impliedPermissions(claim, repository);
  return compareKeyed(
    {
      ...claim,
      // A new repository cannot carry anything of ours yet, whatever an older one of that name did.
      recorded: (managedItem) => listed?.isNew !== true && (claim.recorded(managedItem) || implied.has(managedItem)),
      ours: (managedItem) => listed?.isNew !== true && (claim.ours(managedItem) || implied.has(managedItem)),
    },
    {
      declared: byItem(declared, nameOf),
      found,
      make: ({ kind, name, role }): Change[] => [{ type: 'SetPermission', repository, kind, name, role }],
      adjust: (permission, { role }, what) => adjust(context, { repository, permission, listed, from: role, what }),
      // A robot keeps what it had on a repository that is no longer listed: whoever runs its images still pulls them.
      remove: ({ kind, name }): Change[] =>
        kind === 'robot' &&
        (listed === undefined ? ofRobots.some((robot) => robot.name === name) : listed.declared.mirror?.robot === name)
          ? []
          : [{ type: 'DeletePermission', repository, kind, name }],
    },
  );
}

interface Difference {
  readonly repository: string;
  readonly permission: Permission;
  readonly listed: ListedRepository | undefined;
  readonly from: RepositoryRole | undefined;
  readonly what: string;
}

function adjust(context: Context, { repository, permission, listed, from, what }: Difference): Adjustment {
  const { kind, name, role } = permission;
  if (from === role) return {};
  const found = wasThereBefore(context, { repository, listed, what });
  if (from === undefined) return { asFound: found };
  // Quay gave the robot of a mirror what it needs there.
  if (kind === 'robot' && role === 'read' && listed?.declared.mirror?.robot === name) return {};
  if (found && raises(role, from)) {
    const message = `it is ${from}, the spec says ${role}`;
    return { skipped: [{ what, reason: 'PreservedOnAdoption', message }], asFound: true };
  }
  return { changes: [{ type: 'SetPermission', repository, kind, name, role, from }] };
}

/** Whether a permission stood in an adopted organization before we came: on a repository of ours nothing can be older than we are. */
function wasThereBefore(
  context: Context,
  { repository, listed, what }: Pick<Difference, 'repository' | 'listed' | 'what'>,
): boolean {
  const { recorded } = context.claim;
  const isOurs = recorded(managedItems.repository(repository)) || recorded(managedItems.imageStream(repository));
  return listed?.isNew !== true && !isOurs && wasFoundLikeThat(context, what);
}
