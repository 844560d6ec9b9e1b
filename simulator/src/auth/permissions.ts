import type { Call } from '../http/call.js';
import { crash, forbidden, unauthenticated } from '../http/refusal.js';
import type { Refusal } from '../http/refusal.js';
import type { Namespace, Repository, Team } from '../state/model.js';
import type { RepositoryRole, TeamRole } from '../state/records.js';
import type { Scope } from './scopes.js';

const TEAM_RANK: Readonly<Record<TeamRole, number>> = { member: 1, creator: 2, admin: 3 };
const REPOSITORY_RANK: Readonly<Record<RepositoryRole, number>> = { read: 1, write: 2, admin: 3 };
const NONE = 0;
const ADMIN = 3;

/** What a scope lets its owner be at most; each dimension is capped on its own. */
const CEILINGS: Readonly<
  Record<Scope, { readonly team?: number; readonly repository?: number; readonly user?: number }>
> = {
  'org:admin': { team: TEAM_RANK.admin },
  'repo:create': { team: TEAM_RANK.creator },
  'repo:admin': { repository: REPOSITORY_RANK.admin },
  'repo:write': { repository: REPOSITORY_RANK.write },
  'repo:read': { repository: REPOSITORY_RANK.read },
  'user:admin': { user: 2 },
  'user:read': { user: 1 },
  'super:user': {},
};

function ceiling(call: Call, dimension: 'team' | 'repository' | 'user'): number {
  const { user, scopes } = call.caller;
  if (!user) return NONE;
  if (scopes.length === 0) throw crash();
  let highest = NONE;
  for (const scope of scopes) highest = Math.max(highest, CEILINGS[scope][dimension] ?? NONE);
  return highest;
}

/** Whether the caller is a superuser and the token says so. */
export function isSuperuser(call: Call): boolean {
  const { user, scopes } = call.caller;
  if (!user) return false;
  if (scopes.length === 0) throw crash();
  return user.superuser && scopes.includes('super:user') && call.world.features.SUPER_USERS === true;
}

/** Whether the caller is a superuser whose rights reach into every namespace. */
export function hasFullAccess(call: Call): boolean {
  return isSuperuser(call) && call.world.features.SUPERUSERS_FULL_ACCESS === true;
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
  if (!user) return NONE;
  if (hasFullAccess(call)) return ADMIN;
  const highest = ceiling(call, 'team');
  if (user.name === organizationName) return highest;
  return Math.min(highest, ownTeamRank(call.world.state.namespaces.get(organizationName), user));
}

function ownTeamRank(organization: Namespace | undefined, user: Namespace): number {
  let rank = NONE;
  for (const team of organization?.organizationTeams.values() ?? []) {
    if (team.members.has(user)) rank = Math.max(rank, TEAM_RANK[team.role]);
  }
  return rank;
}

/** Whether the caller may administer the organization; of a missing one only full access may. */
export function canAdminister(call: Call, organization: string): boolean {
  return teamRank(call, organization) >= TEAM_RANK.admin;
}

/** Whether the caller may create repositories in the namespace. */
export function canCreateIn(call: Call, namespace: string): boolean {
  return teamRank(call, namespace) >= TEAM_RANK.creator;
}

/** Whether the caller is in any team of the organization. */
export function isMember(call: Call, organization: string): boolean {
  return teamRank(call, organization) >= TEAM_RANK.member;
}

/** Whether the caller may look into the team. */
export function canViewTeam(call: Call, team: Team | undefined, organization: string): boolean {
  const { user } = call.caller;
  if (!user) return false;
  if (canAdminister(call, organization)) return true;
  return team !== undefined && team.members.has(user) && ceiling(call, 'team') > NONE;
}

/** Whether the caller has at least this role on the repository, which need not exist. */
export function canOnRepository(call: Call, namespace: string, name: string, role: RepositoryRole): boolean {
  const { user } = call.caller;
  if (!user) return false;
  if (hasFullAccess(call)) return true;
  const highest = ceiling(call, 'repository');
  if (highest < REPOSITORY_RANK[role]) return false;
  const owner = call.world.state.namespaces.get(namespace);
  return (
    user.name === namespace || ownRepositoryRank(user, owner, owner?.repositories.get(name)) >= REPOSITORY_RANK[role]
  );
}

/** The rank of the user's own rights on a repository, scopes aside. */
function ownRepositoryRank(user: Namespace, owner: Namespace | undefined, repository: Repository | undefined): number {
  if (owner?.organization && ownTeamRank(owner, user) === ADMIN) return ADMIN;
  if (!repository) return NONE;
  const direct = repository.users.get(user);
  let rank = direct ? REPOSITORY_RANK[direct] : NONE;
  for (const [team, role] of repository.teams) {
    if (team.members.has(user)) rank = Math.max(rank, REPOSITORY_RANK[role]);
  }
  return rank;
}

/** Whether the user sees the repository in lists, which do not mind scopes. */
export function isVisibleTo(user: Namespace, repository: Repository): boolean {
  const { namespace } = repository;
  return ownRepositoryRank(user, namespace, repository) > NONE;
}

/** The refusal of a call without the rights it needs. */
export function unauthorized(call: Call): Refusal {
  return call.caller.user ? forbidden() : unauthenticated();
}
