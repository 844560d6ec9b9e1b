import { type Namespace, type Principal, type Team } from './model.js';
import { type State, takeId } from './state.js';

/** Adds a team to an organization. */
export function addTeam(
  state: State,
  organization: Namespace,
  team: Pick<Team, 'name' | 'role' | 'description'>,
): Team {
  const added: Team = {
    ...team,
    id: takeId(state),
    organization,
    members: new Set(),
    permissions: new Map(),
    prototypes: new Set(),
    sync: undefined,
    invites: [],
  };
  organization.organizationTeams.set(added.name, added);
  return added;
}

/** Makes somebody a member. */
export function addMember(team: Team, member: Principal): void {
  team.members.add(member);
  member.teams.add(team);
}

/** Ends a membership. */
export function removeMember(team: Team, member: Principal): void {
  team.members.delete(member);
  member.teams.delete(team);
}

/** Deletes a team with its memberships, permissions and default permissions. */
export function deleteTeam(team: Team): void {
  for (const member of team.members) member.teams.delete(team);
  for (const repository of team.permissions.keys()) repository.teams.delete(team);
  for (const prototype of team.prototypes) team.organization.organizationPrototypes.delete(prototype.id);
  team.organization.organizationTeams.delete(team.name);
}

/** The admin teams of an organization in which somebody is a member. */
export function adminTeamsOf(organization: Namespace, member: Principal): readonly Team[] {
  return [...organization.organizationTeams.values()].filter(
    (team) => team.role === 'admin' && team.members.has(member),
  );
}
