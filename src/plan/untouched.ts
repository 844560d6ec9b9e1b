import { predecessorRobots } from '../ownership/index.js';
import type { ObservedOrganization } from './observed.js';

/** Nothing in it but what Quay itself puts into a new organization. */
export function isUntouched(observed: ObservedOrganization): boolean {
  const { teams, robots, repositories, defaultPermissions, autoPrune = [], immutability = [] } = observed;
  const managedItems = [robots, repositories, defaultPermissions, autoPrune, immutability];
  return (
    managedItems.every(({ length }) => length === 0) &&
    observed.quota == null &&
    observed.proxyCache == null &&
    teams.every((team) => team.name === 'owners')
  );
}

/** Whether it has the robots that a predecessor makes, each with a default permission. */
export function hasPredecessorsContent({ robots, defaultPermissions }: ObservedOrganization): boolean {
  return predecessorRobots.every(
    (name) =>
      robots.some((robot) => robot.name === name) &&
      defaultPermissions.some((one) => one.kind === 'robot' && one.name === name),
  );
}

/** The teams whose members administer it. */
export function administratorTeams({ teams }: ObservedOrganization): readonly string[] {
  return teams.filter(({ name, role }) => name === 'owners' || role === 'admin').map(({ name }) => name);
}
