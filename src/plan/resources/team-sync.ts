import type { Team } from '../../api/index.js';
import { nothing, together, unread, type Context, type FamilyPlan, type Skipped } from '../context.js';
import type { ObservedTeam } from '../observed.js';
import { correction, planned } from '../planned.js';
import { things } from '../managed-items.js';
import { ownersTeam, statedTeams } from './teams.js';

type Group = NonNullable<Team['sync']>;

/** Teams that follow a group of the identity provider. */
export function planTeamSync(context: Context): FamilyPlan {
  const stated = new Map(statedTeams(context).map((team) => [team.name, team]));
  const found = new Map(context.observed.teams.map((team) => [team.name, team]));
  const names = [...new Set([...stated.keys(), ...found.keys()])].sort();
  return together(
    names
      .filter((name) => !context.leaving.has(things.team(name)))
      .map((name) =>
        name === ownersTeam
          ? refuseOwners(stated.get(name)?.sync)
          : planTeam(context, name, stated.get(name)?.sync, found.get(name)),
      ),
  );
}

/** Following a group takes people out of a team, the token's user among them. */
function refuseOwners(group: Group | undefined): FamilyPlan {
  if (group === undefined) return nothing;
  const message = 'the owners follow no group: it could lock the user of the token out';
  return { ...nothing, skipped: [{ what: things.sync(ownersTeam), reason: 'NameReserved', message }] };
}

function planTeam(
  context: Context,
  team: string,
  group: Group | undefined,
  found: ObservedTeam | undefined,
): FamilyPlan {
  const thing = things.sync(team);
  const isRead = context.offers.teamSync && (found === undefined || found.synced !== undefined);
  if (!isRead) return unread(context, thing, group === undefined ? undefined : thing);
  if (group === undefined) return stop(context, team, found);
  if (found?.synced !== true)
    return { ...nothing, changes: [planned({ type: 'SyncTeam', team, group, replace: false }, thing)] };
  const ours = context.claim.ours(thing) ? [thing] : [];
  // Quay shows the group to superusers only; a group that we set ourselves is taken to be the one we set.
  if (found.sync === undefined)
    return ours.length > 0 ? { ...nothing, ours } : { ...nothing, skipped: [unseen(thing)] };
  if (sameGroup(group, found.sync)) return { ...nothing, ours };
  return { ...nothing, ours, changes: [correction({ type: 'SyncTeam', team, group, replace: true }, thing)] };
}

function stop({ claim }: Context, team: string, found: ObservedTeam | undefined): FamilyPlan {
  const thing = things.sync(team);
  if (found?.synced !== true || !claim.recorded(thing)) return nothing;
  return { ...nothing, ours: [thing], changes: [planned({ type: 'UnsyncTeam', team }, thing)] };
}

function sameGroup(one: Group, other: NonNullable<ObservedTeam['sync']>): boolean {
  return one.groupDN === other.groupDN && one.groupID === other.groupID && one.groupName === other.groupName;
}

function unseen(what: string): Skipped {
  return {
    what,
    reason: 'CannotBeChanged',
    message: 'it follows a group already, which Quay shows to superusers only',
  };
}
