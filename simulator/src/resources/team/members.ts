import { type Call, param } from '../../http/call.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { queryFlag } from '../../http/query.js';
import { dataError, invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { canAdminister, canViewTeam, unauthorized } from '../../auth/permissions.js';
import { requireOrganizationAdmin, requireUser } from '../../auth/require.js';
import { findUserOrRobot } from '../../state/principals.js';
import { type Principal, type Team } from '../../state/model.js';
import { addMember, adminTeamsOf, removeMember } from '../../state/teams.js';
import { avatarOf } from '../user/avatar.js';
import { isOrganizationMember } from '../permission/roles.js';
import { inviteView } from './invites.js';
import { refuseSynced, syncKeys } from './sync.js';
import { existingTeam, findTeam } from './teams.js';

function memberView(member: Principal, invited: boolean): object {
  return { name: member.name, kind: 'user', is_robot: member.robot, avatar: avatarOf(member), invited };
}

function list(call: Call): ApiResponse {
  const organization = param(call, 'orgname');
  if (!canViewTeam(call, findTeam(call), organization)) throw unauthorized(call);
  const team = existingTeam(call);
  const canEdit = canAdminister(call, organization);
  const invites = canEdit && queryFlag(call, 'includePending', false) ? team.invites : [];
  return json({
    name: team.name,
    members: [
      ...[...team.members].map((member) => memberView(member, false)),
      ...invites.map(({ user, email }) => (user ? memberView(user, true) : inviteView(email ?? ''))),
    ],
    can_edit: canEdit,
    ...syncKeys(call, team),
  });
}

function add(call: Call): ApiResponse {
  refuseSynced(call);
  requireOrganizationAdmin(call);
  const team = existingTeam(call);
  const member = findUserOrRobot(call.simulation.state, param(call, 'membername'));
  if (!member) throw invalidRequest('Unknown user');
  const invited = needsInvite(call, team, member);
  if (invited && !member.robot) {
    team.invites = [...team.invites, { user: member }];
  } else {
    if (team.members.has(member)) throw dataError(`User ${member.name} is already a member of team ${team.name}`);
    addMember(team, member);
  }
  return json(memberView(member, invited));
}

/** With invites on, people from outside are asked first, and robots from outside are refused. */
function needsInvite(call: Call, team: Team, member: Principal): boolean {
  const { MAILING, REQUIRE_TEAM_INVITE } = call.simulation.features;
  if (MAILING !== true || REQUIRE_TEAM_INVITE !== true) return false;
  if (!member.robot) return !isOrganizationMember(team.organization, member);
  if (member.namespace !== team.organization) {
    throw dataError('Cannot add the specified robot to this team, as it is not a member of the organization');
  }
  return false;
}

function remove(call: Call): ApiResponse {
  refuseSynced(call);
  requireOrganizationAdmin(call);
  const team = existingTeam(call);
  const member = findUserOrRobot(call.simulation.state, param(call, 'membername'));
  if (!member) throw notFound();
  const invite = team.invites.find(({ user }) => user === member);
  if (invite) {
    team.invites = team.invites.filter((entry) => entry !== invite);
    return noContent();
  }
  if (!team.members.has(member)) throw dataError(`User ${member.name} does not belong to team ${team.name}`);
  const own = member === requireUser(call) ? adminTeamsOf(team.organization, member) : [];
  if (own.length === 1 && own[0] === team) {
    throw dataError('User cannot remove themselves from their only admin team.');
  }
  removeMember(team, member);
  return noContent();
}

const membersPath = '/api/v1/organization/{orgname}/team/{teamname}/members';

/** Members of teams: users and robots. */
export const teamMemberRoutes: readonly Route[] = [
  route(membersPath, { GET: list }),
  route(`${membersPath}/{membername}`, { PUT: add, DELETE: remove }),
];
