import type { Team } from '../../api/index.js';
import { nothing, together, unread, type Context, type ResourcePlan, type Skipped } from '../context.js';
import type { ObservedTeam } from '../observed.js';
import { correction, planned } from '../planned.js';
import { managedItems } from '../managed-items.js';
import { ownersTeam, declaredTeams } from './teams.js';

type Group = NonNullable<Team['sync']>;

/** Teams that follow a group of the identity provider. */
export function planTeamSync(context: Context): ResourcePlan {
  const declared = new Map(declaredTeams(context).map((team) => [team.name, team]));
  const found = new Map(context.observed.teams.map((team) => [team.name, team]));
  const names = [...new Set([...declared.keys(), ...found.keys()])].sort();
  return together(
    names
      .filter((name) => !context.leaving.has(managedItems.team(name)))
      .map((name) =>
        name === ownersTeam
          ? refuseOwners(declared.get(name)?.sync)
          : planTeam(context, name, declared.get(name)?.sync, found.get(name)),
      ),
  );
}

/** Following a group takes people out of a team, the token's user among them. */
function refuseOwners(group: Group | undefined): ResourcePlan {
  if (group === undefined) return nothing;
  const message = 'the owners follow no group: it could lock the user of the token out';
  return { ...nothing, skipped: [{ what: managedItems.sync(ownersTeam), reason: 'NameReserved', message }] };
}

function planTeam(
  context: Context,
  team: string,
  group: Group | undefined,
  found: ObservedTeam | undefined,
): ResourcePlan {
  const managedItem = managedItems.sync(team);
  const isRead = context.offers.teamSync && (found === undefined || found.synced !== undefined);
  if (!isRead) return unread(context, managedItem, group === undefined ? undefined : managedItem);
  if (group === undefined) return stop(context, team, found);
  if (found?.synced !== true) return start(team, group, found);
  const ours = context.claim.ours(managedItem) ? [managedItem] : [];
  // Quay shows the group to superusers only; a group that we set ourselves is taken to be the one we set.
  if (found.sync === undefined)
    return ours.length > 0 ? { ...nothing, ours } : { ...nothing, skipped: [unseen(managedItem)] };
  if (sameGroup(group, found.sync)) return { ...nothing, ours };
  return { ...nothing, ours, changes: [correction({ type: 'SyncTeam', team, group, replace: true }, managedItem)] };
}

/** Quay takes its members out of a team that begins to follow a group. */
function start(team: string, group: Group, found: ObservedTeam | undefined): ResourcePlan {
  const action = hasPeople(found) ? 'remove' : 'create';
  const change = planned({ type: 'SyncTeam', team, group, replace: false }, managedItems.sync(team), action);
  return { ...nothing, changes: [change] };
}

/** Whether a team has members beside robots, or may have. */
function hasPeople(found: ObservedTeam | undefined): boolean {
  return found !== undefined && (found.members ?? ['']).some((member) => !member.includes('+'));
}

function stop({ claim }: Context, team: string, found: ObservedTeam | undefined): ResourcePlan {
  const managedItem = managedItems.sync(team);
  if (found?.synced !== true || !claim.recorded(managedItem)) return nothing;
  return { ...nothing, ours: [managedItem], changes: [planned({ type: 'UnsyncTeam', team }, managedItem)] };
}

function sameGroup(one: Group, other: NonNullable<ObservedTeam['sync']>): boolean {
  return one.groupDN === other.groupDN && one.groupID === other.groupID && one.groupName === other.groupName;
}

function unseen(what: string): Skipped {
  return {
    what,
    reason: 'ImmutableField',
    message: 'it follows a group already, which Quay shows to superusers only',
  };
}
