import type { RepositoryRole, Team } from '../api/index.js';

const repositoryRoles: readonly RepositoryRole[] = ['read', 'write', 'admin'];
const teamRoles: readonly Team['role'][] = ['member', 'creator', 'admin'];

/** Whether the second role of a repository allows more than the first. */
export function raises(from: RepositoryRole, to: RepositoryRole): boolean {
  return repositoryRoles.indexOf(to) > repositoryRoles.indexOf(from);
}

/** Whether the second role of a team allows more than the first. */
export function raisesTeam(from: Team['role'], to: Team['role']): boolean {
  return teamRoles.indexOf(to) > teamRoles.indexOf(from);
}
