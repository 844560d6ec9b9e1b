import { type Call } from '../http/call.js';
import { crash, forbidden, type Refusal, unauthenticated } from '../http/refusal.js';
import { type Namespace, type Repository, type Team } from '../state/model.js';
import { type RepositoryRole, type TeamRole } from '../state/records.js';
import { type Scope } from './scopes.js';

const rankOfTeamRole: Readonly<Record<TeamRole, number>> = { member: 1, creator: 2, admin: 3 };
const repositoryRank: Readonly<Record<RepositoryRole, number>> = { read: 1, write: 2, admin: 3 };
const noPermission = 0;
const admin = 3;

/** What a scope lets its owner be at most; each dimension is capped on its own. */
const ceilings: Readonly<
  Record<Scope, { readonly team?: number; readonly repository?: number; readonly user?: number }>
> = {
  'org:admin': { team: rankOfTeamRole.admin },
  'repo:create': { team: rankOfTeamRole.creator },
  'repo:admin': { repository: repositoryRank.admin },
  'repo:write': { repository: repositoryRank.write },
  'repo:read': { repository: repositoryRank.read },
  'user:admin': { user: 2 },
  'user:read': { user: 1 },
  'super:user': {},
};

function ceiling(call: Call, dimension: 'team' | 'repository' | 'user'): number {
  const { user, scopes } = call.caller;
  if (!user) return noPermission;
  if (scopes.length === 0) throw crash();
  let highest = noPermission;
  for (const scope of scopes) highest = Math.max(highest, ceilings[scope][dimension] ?? noPermission);
  return highest;
}

/** Whether the caller is a superuser and the token says so. */
export function isSuperuser(call: Call): boolean {
  const { user, scopes } = call.caller;
  if (!user) return false;
  if (scopes.length === 0) throw crash();
  return user.superuser && scopes.includes('super:user') && call.simulation.features.SUPER_USERS === true;
}

/** Whether the caller is a superuser whose rights reach into every namespace. */
export function hasFullAccess(call: Call): boolean {
  return isSuperuser(call) && call.simulation.features.SUPERUSERS_FULL_ACCESS === true;
}

/** Whether the caller may administer the own account. */
export function isUserAdmin(call: Call): boolean {
  return ceiling(call, 'user') >= 2;
}

/** Whether the caller may read the own account. */
export function isUserReader(call: Call): boolean {
  return ceiling(call, 'user') >= 1;
}

function teamRank(call: Call, organizationName: string): number {
  const { user } = call.caller;
  if (!user) return noPermission;
  if (hasFullAccess(call)) return admin;
  const highest = ceiling(call, 'team');
  if (user.name === organizationName) return highest;
  return Math.min(highest, ownTeamRank(call.simulation.state.namespaces.get(organizationName), user));
}

function ownTeamRank(organization: Namespace | undefined, user: Namespace): number {
  let rank = noPermission;
  for (const team of organization?.organizationTeams.values() ?? []) {
    if (team.members.has(user)) rank = Math.max(rank, rankOfTeamRole[team.role]);
  }
  return rank;
}

/** Whether the caller may administer the organization; of a missing one only full access may. */
export function canAdminister(call: Call, organization: string): boolean {
  return teamRank(call, organization) >= rankOfTeamRole.admin;
}

/** Whether the caller may create repositories in the namespace. */
export function canCreateIn(call: Call, namespace: string): boolean {
  return teamRank(call, namespace) >= rankOfTeamRole.creator;
}

/** Whether the caller is in any team of the organization. */
export function isMember(call: Call, organization: string): boolean {
  return teamRank(call, organization) >= rankOfTeamRole.member;
}

/** Whether the caller may look into the team. */
export function canViewTeam(call: Call, team: Team | undefined, organization: string): boolean {
  const { user } = call.caller;
  if (!user) return false;
  if (canAdminister(call, organization)) return true;
  return team !== undefined && team.members.has(user) && ceiling(call, 'team') > noPermission;
}

/** Whether the caller has at least this role on the repository, which need not exist. */
export function canOnRepository(call: Call, namespace: string, name: string, role: RepositoryRole): boolean {
  const { user } = call.caller;
  if (!user) return false;
  if (hasFullAccess(call)) return true;
  const highest = ceiling(call, 'repository');
  if (highest < repositoryRank[role]) return false;
  const owner = call.simulation.state.namespaces.get(namespace);
  return (
    user.name === namespace || ownRepositoryRank(user, owner, owner?.repositories.get(name)) >= repositoryRank[role]
  );
}

/** The rank of the user's own rights on a repository, scopes aside. */
function ownRepositoryRank(user: Namespace, owner: Namespace | undefined, repository: Repository | undefined): number {
  if (owner?.organization && ownTeamRank(owner, user) === admin) return admin;
  if (!repository) return noPermission;
  const direct = repository.users.get(user);
  let rank = direct ? repositoryRank[direct] : noPermission;
  for (const [team, role] of repository.teams) {
    if (team.members.has(user)) rank = Math.max(rank, repositoryRank[role]);
  }
  return rank;
}

/** Whether the user sees the repository in lists, which do not mind scopes. */
export function isVisibleTo(user: Namespace, repository: Repository): boolean {
  const { namespace } = repository;
  return ownRepositoryRank(user, namespace, repository) > noPermission;
}

/** The refusal of a call without the rights it needs. */
export function unauthorized(call: Call): Refusal {
  return call.caller.user ? forbidden() : unauthenticated();
}
