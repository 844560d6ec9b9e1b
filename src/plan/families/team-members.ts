import type { Team } from '../../api/index.js';
import type { Change } from '../change.js';
import { together, unread, type Context, type FamilyPlan } from '../context.js';
import { byThing, compareKeyed } from '../keyed.js';
import { markTeam } from '../mark.js';
import type { ObservedTeam } from '../observed.js';
import { things } from '../things.js';
import { ownersTeam, statedTeams } from './teams.js';

/** Who is in the teams; somebody who was there before stays. */
export function planMembers(context: Context): FamilyPlan {
  const stated = new Map(statedTeams(context).map((team) => [team.name, team]));
  const found = new Map(context.observed.teams.map((team) => [team.name, team]));
  const names = [...new Set([...stated.keys(), ...found.keys()])].sort();
  return together(
    names
      .filter((name) => name !== markTeam && !context.leaving.has(things.team(name)))
      .map((name) => planTeam(context, name, stated.get(name), found.get(name))),
  );
}

const isRobot = (member: string): boolean => member.includes('+');

function planTeam(context: Context, name: string, team: Team | undefined, found: ObservedTeam | undefined): FamilyPlan {
  const members = found === undefined ? [] : found.members;
  if (members === undefined)
    return unread(context, `${things.team(name)}/member`, team?.members === undefined ? undefined : things.team(name));
  // As long as a team follows a group, Quay lets only robots in and out by hand.
  const synced = found?.synced === true || team?.sync !== undefined;
  const may = (member: string): boolean => !synced || isRobot(member);
  const plan = compareKeyed(context.claim, {
    stated: byThing((team?.members ?? []).filter(may), (member) => things.member(name, member)),
    found: byThing(members.filter(may), (member) => things.member(name, member)),
    make: (member): Change[] => [{ type: 'AddTeamMember', team: name, member }],
    remove: (member): Change[] =>
      name === ownersTeam && member === context.tokenUser ? [] : [{ type: 'RemoveTeamMember', team: name, member }],
  });
  const message = 'the team follows a group, which says who is in it';
  const skipped = (team?.members ?? [])
    .filter((member) => !may(member))
    .map((member) => ({ what: things.member(name, member), reason: 'CannotBeChanged' as const, message }));
  return { ...plan, skipped: [...plan.skipped, ...skipped] };
}
