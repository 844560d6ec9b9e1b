import { type Change, type ObservedOrganization, type ObservedRobot, type RepositoryGrant } from '../../plan/index.js';

/** An organization after one of the changes that every new image stream brings; undefined after any other: that has to be observed. */
export function afterChange(observed: ObservedOrganization, change: Change): ObservedOrganization | undefined {
  switch (change.type) {
    case 'CreateRepository':
      return withRepository(observed, change);
    case 'SetPermission':
      if (change.kind !== 'robot') return undefined;
      return withGrant(observed, change.name, { repository: change.repository, role: change.role });
    default:
      return undefined;
  }
}

type Created = Extract<Change, { type: 'CreateRepository' }>;

function withRepository(observed: ObservedOrganization, created: Created): ObservedOrganization {
  const { repository: name, visibility, description } = created;
  const repository = { name, visibility, description, state: 'NORMAL' };
  const grown = { ...observed, repositories: [...observed.repositories, repository] };
  // Quay gives the default permissions to every repository when it is made.
  return observed.defaultPermissions
    .filter(({ kind, creator }) => kind === 'robot' && creator === '')
    .reduce<ObservedOrganization>(
      (known, { name: robot, role }) => withGrant(known, robot, { repository: name, role }),
      grown,
    );
}

function withGrant(observed: ObservedOrganization, name: string, grant: RepositoryGrant): ObservedOrganization {
  const robots = observed.robots.map((robot) => (robot.name === name ? granted(robot, grant) : robot));
  return { ...observed, robots };
}

function granted(robot: ObservedRobot, grant: RepositoryGrant): ObservedRobot {
  const isOther = ({ repository }: RepositoryGrant): boolean => repository !== grant.repository;
  return {
    ...robot,
    repositories: [...new Set([...robot.repositories, grant.repository])],
    ...(robot.permissions !== undefined && { permissions: [...robot.permissions.filter(isOther), grant] }),
  };
}
