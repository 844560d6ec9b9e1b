import type { Change, PlannedChange } from './change.js';

/**
 * The order of a safe run. Permissions that go, go first; default permissions stand before the repositories that start with
 * them; what others lean on (robots, teams, quota) goes last. Inside one line the planner's order is kept.
 */
const steps = [
  ['CreateOrganization'],
  ['WriteMarker'],
  ['UpdateOrganization'],
  ['SetQuota'],
  ['CreateQuotaLimit'],
  ['CreateRobot'],
  ['PutTeam'],
  ['UnsyncTeam'],
  ['SyncTeam'],
  ['AddTeamMember'],
  ['DeletePermission'],
  ['DeleteDefaultPermission'],
  ['UpdateDefaultPermission'],
  ['CreateDefaultPermission'],
  // A registry that knows only one pruning policy has to lose the old one first. Policies of repositories come later.
  ['DeleteAutoPrune'],
  ['DeleteProxyCache'],
  ['SetProxyCache'],
  ['CreateRepository'],
  ['SetDescription', 'SetVisibility'],
  ['SetPermission'],
  ['CreateAutoPrune'],
  ['CreateImmutability', 'UpdateImmutability'],
  ['SetMirror'],
  ['CreateNotification', 'ResetNotification'],
  ['DeleteNotification'],
  ['StopMirror'],
  ['DeleteImmutability'],
  ['DeleteRepository'],
  ['RemoveTeamMember'],
  ['DeleteTeam'],
  ['DeleteRobot'],
  ['DeleteQuotaLimit'],
  ['DeleteQuota'],
  ['DeleteOrganization'],
] as const satisfies readonly (readonly Change['type'][])[];

/** Does not compile while a kind of change has no step. */
const stepOf: Readonly<Record<Change['type'], number>> = Object.fromEntries(
  steps.flatMap((types, step) => types.map((type) => [type, step])),
) as Record<(typeof steps)[number][number], number>;

/** The changes in the order in which they are safe to apply. */
export function inSafeOrder(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  return changes.toSorted((one, other) => stepOf[one.change.type] - stepOf[other.change.type]);
}
