import type { DefaultPermission, QuayOrganizationSpec } from '../../api/index.js';
import { wasFoundLikeThat } from '../as-found.js';
import type { Change } from '../change.js';
import type { Context, ResourcePlan } from '../context.js';
import { byItem, compareKeyed, groupByItem, type Adjustment } from '../keyed.js';
import type { ObservedDefaultPermission } from '../observed.js';
import { raises } from '../roles.js';
import { managedItems } from '../managed-items.js';

type Key = Pick<DefaultPermission, 'kind' | 'name' | 'creator'>;
const nameOf = ({ kind, name, creator }: Key): string => managedItems.defaultPermission(kind, name, creator);

/** Default permissions that are declared, those of robots with a role included; one that is written out wins over a role. */
export function declaredDefaultPermissions(spec: QuayOrganizationSpec): ReadonlyMap<string, DefaultPermission> {
  const ofRobots = spec.robots.flatMap(({ name, role }): DefaultPermission[] =>
    role === undefined ? [] : [{ kind: 'robot', name, role, creator: '' }],
  );
  return byItem([...ofRobots, ...spec.defaultPermissions], nameOf);
}

/** Whether a default permission goes by itself, because its robot or team is removed. */
function goesAlong({ leaving }: Context, { kind, name, creator }: Key): boolean {
  return (
    leaving.has(`${kind}/${encodeURIComponent(name)}`) || leaving.has(`robot/${encodeURIComponent(creator.slice(1))}`)
  );
}

/** Default permissions. Quay allows several for one grantee, and then gives any of them: only one is kept of a declared one. */
export function planDefaultPermissions(context: Context): ResourcePlan {
  const found = context.observed.defaultPermissions.filter((permission) => !goesAlong(context, permission));
  return compareKeyed(context.claim, {
    declared: declaredDefaultPermissions(context.spec),
    found: groupByItem(found, nameOf),
    make: (permission): Change[] => [{ type: 'CreateDefaultPermission', ...permission }],
    adjust: (permission, group, managedItem) => adjust(context, permission, group, managedItem),
    remove: (group) => group.map(deletion),
  });
}

function deletion({ id, kind, name, creator, role }: ObservedDefaultPermission): Change {
  return { type: 'DeleteDefaultPermission', id, kind, name, creator, role };
}

function adjust(
  context: Context,
  { role }: DefaultPermission,
  group: readonly ObservedDefaultPermission[],
  what: string,
): Adjustment {
  const highest = group.toSorted((one, other) => (raises(other.role, one.role) ? -1 : 1))[0];
  const keepsMore = wasFoundLikeThat(context, what);
  const kept = keepsMore ? highest : (group.find((permission) => permission.role === role) ?? group[0]);
  if (kept === undefined) return {};
  const surplus = group.filter((permission) => permission !== kept).map(deletion);
  if (kept.role === role) return { changes: surplus };
  if (keepsMore && raises(role, kept.role)) {
    const message = `it gives ${kept.role}, the spec says ${role}`;
    return { changes: surplus, skipped: [{ what, reason: 'PreservedOnAdoption', message }], asFound: true };
  }
  const { id, kind, name, creator } = kept;
  return { changes: [...surplus, { type: 'UpdateDefaultPermission', id, kind, name, creator, role, from: kept.role }] };
}
