import type { Team } from '../../api/index.js';
import type { Change } from '../change.js';
import { together, unread, type Context, type ResourcePlan } from '../context.js';
import { byItem, compareKeyed } from '../keyed.js';
import { markerTeam } from '../../ownership/index.js';
import type { ObservedTeam } from '../observed.js';
import { managedItems } from '../managed-items.js';
import { ownersTeam, declaredTeams } from './teams.js';

/** Who is in the teams; somebody who was there before stays. */
export function planMembers(context: Context): ResourcePlan {
  const declared = new Map(declaredTeams(context).map((team) => [team.name, team]));
  const found = new Map(context.observed.teams.map((team) => [team.name, team]));
  const names = [...new Set([...declared.keys(), ...found.keys()])].sort();
  return together(
    names
      .filter((name) => name !== markerTeam && !context.leaving.has(managedItems.team(name)))
      .map((name) => planTeam(context, name, declared.get(name), found.get(name))),
  );
}

const isRobot = (member: string): boolean => member.includes('+');

function planTeam(
  context: Context,
  name: string,
  team: Team | undefined,
  found: ObservedTeam | undefined,
): ResourcePlan {
  const present = found === undefined ? [] : found.members;
  const wanted = team?.members ?? [];
  if (present === undefined)
    return unread(
      context,
      `${managedItems.team(name)}/member`,
      wanted.length === 0 ? undefined : managedItems.team(name),
    );
  const follows = followsGroup(context, name, team, found);
  const may = (member: string): boolean => !follows || isRobot(member);
  const plan = compareKeyed(context.claim, {
    declared: byItem(wanted.filter(may), (member) => managedItems.member(name, member)),
    found: byItem(present.filter(may), (member) => managedItems.member(name, member)),
    make: (member): Change[] => [{ type: 'AddTeamMember', team: name, member }],
    remove: (member): Change[] =>
      name === ownersTeam && member === context.tokenUser ? [] : [{ type: 'RemoveTeamMember', team: name, member }],
  });
  const message = 'the team follows a group, which says who is in it';
  const skipped = wanted
    .filter((member) => !may(member))
    .map((member) => ({ what: managedItems.member(name, member), reason: 'ImmutableField' as const, message }));
  return { ...plan, skipped: [...plan.skipped, ...skipped] };
}

/** As long as a team follows a group, Quay lets only robots in and out by hand. */
function followsGroup(
  { claim }: Context,
  name: string,
  team: Team | undefined,
  found: ObservedTeam | undefined,
): boolean {
  if (team?.sync !== undefined) return true;
  return found?.synced === true && !claim.recorded(managedItems.sync(name));
}
