import { type Call, param } from '../../http/call.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { dataError, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { administeredOrganization, requireOrganizationAdmin } from '../../auth/require.js';
import { findUser } from '../../state/namespaces.js';
import { findUserOrRobot } from '../../state/principals.js';
import { type Namespace, type Principal, type Repository, type Team } from '../../state/model.js';
import { removeMember } from '../../state/teams.js';
import { avatarOf, teamAvatar } from '../user/avatar.js';

/** Names of the organization's repositories by whom they give a direct permission; deleted ones still count. */
function directPermissions(organization: Namespace): Map<Principal, string[]> {
  const found = new Map<Principal, string[]>();
  for (const repository of repositoriesOf(organization)) {
    for (const user of repository.users.keys()) found.set(user, [...(found.get(user) ?? []), repository.name]);
  }
  return found;
}

function repositoriesOf(organization: Namespace): readonly Repository[] {
  return [...organization.repositories.values(), ...organization.tombstones];
}

function teamsByMember(organization: Namespace): Map<Principal, Team[]> {
  const found = new Map<Principal, Team[]>();
  for (const team of organization.organizationTeams.values()) {
    for (const member of team.members) found.set(member, [...(found.get(member) ?? []), team]);
  }
  return found;
}

function memberView(member: Principal, teams: readonly Team[], repositories: readonly string[]): object {
  return {
    name: member.name,
    kind: member.robot ? 'robot' : 'user',
    avatar: avatarOf(member),
    teams: teams.map((team) => ({ name: team.name, avatar: teamAvatar(team) })),
    repositories,
  };
}

function list(call: Call): ApiResponse {
  const organization = administeredOrganization(call);
  const repositories = directPermissions(organization);
  const members = [...teamsByMember(organization)].filter(([member]) => !member.robot);
  return json({
    members: members.map(([member, teams]) => memberView(member, teams, repositories.get(member) ?? [])),
  });
}

function read(call: Call): ApiResponse {
  requireOrganizationAdmin(call);
  const { state } = call.simulation;
  const member = findUserOrRobot(state, param(call, 'membername'));
  const organization = state.namespaces.get(param(call, 'orgname'));
  if (!member || !organization) throw notFound();
  const teams = [...member.teams].filter((team) => team.organization === organization);
  if (teams.length === 0 && (!member.robot || member.namespace !== organization)) throw notFound();
  return json(memberView(member, teams, directPermissions(organization).get(member) ?? []));
}

function remove(call: Call): ApiResponse {
  requireOrganizationAdmin(call);
  const user = findUser(call.simulation.state, param(call, 'membername'));
  if (!user) throw notFound();
  const organization = administeredOrganization(call);
  const teams = [...organization.organizationTeams.values()];
  const admins = new Set(teams.filter(({ role }) => role === 'admin').flatMap(({ members }) => [...members]));
  if (admins.has(user) && admins.size === 1) {
    throw dataError('Cannot remove user as they are the only organization admin');
  }
  for (const team of teams) removeMember(team, user);
  for (const repository of repositoriesOf(organization)) {
    repository.users.delete(user);
    user.permissions.delete(repository);
  }
  return noContent();
}

function collaborators(call: Call): ApiResponse {
  const organization = administeredOrganization(call);
  const members = teamsByMember(organization);
  const outside = [...directPermissions(organization)].filter(([user]) => !user.robot && !members.has(user));
  return json({
    collaborators: outside.map(([user, repositories]) => ({
      kind: 'user',
      name: user.name,
      avatar: avatarOf(user),
      repositories,
    })),
  });
}

/** People of an organization, inside and outside of its teams. */
export const organizationMemberRoutes: readonly Route[] = [
  route('/api/v1/organization/{orgname}/members', { GET: list }),
  route('/api/v1/organization/{orgname}/members/{membername}', { GET: read, DELETE: remove }),
  route('/api/v1/organization/{orgname}/collaborators', { GET: collaborators }),
];
