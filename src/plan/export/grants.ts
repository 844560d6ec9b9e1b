import type { DefaultPermission, Permission } from '../../api/index.js';
import { compareText } from '../keyed.js';
import { markerTeam } from '../../ownership/index.js';
import type { ObservedOrganization, ObservedRepository, ObservedRobot, ObservedTeam } from '../observed.js';
import { managedItems } from '../managed-items.js';
import { withoutDoubles, type LeftOut } from './left-out.js';

/** Default permissions that are not contradicted by another one. */
export function declareDefaultPermissions(observed: ObservedOrganization, leftOut: LeftOut): DefaultPermission[] {
  const nameOf = ({ kind, name, creator }: Omit<DefaultPermission, 'role'>): string =>
    managedItems.defaultPermission(kind, name, creator);
  return withoutDoubles(observed.defaultPermissions, nameOf, ({ kind, name }) =>
    leftOut.add(`default permissions of ${kind} ${name}, of which there are several`),
  )
    .map(({ kind, name, role, creator }) => ({ kind, name, role, creator }))
    .toSorted((one, other) => compareText(nameOf(one), nameOf(other)));
}

type Grant = readonly [repository: string, permission: Permission];

/** Permissions by repository. The one that Quay gives to whoever creates a repository is not declared. */
export function statePermissions(
  observed: ObservedOrganization,
  tokenUser: string | undefined,
  leftOut: LeftOut,
): ReadonlyMap<string, readonly Permission[]> {
  const all = new Map<string, Permission[]>();
  const grants = [
    ...observed.robots.flatMap((robot) => ofRobot(robot, leftOut)),
    ...observed.teams.flatMap((team) => ofTeam(team, leftOut)),
    ...observed.repositories
      .flatMap((repository) => ofUsers(repository, leftOut))
      .filter(([, { name, role }]) => name !== tokenUser || role !== 'admin'),
  ];
  for (const [repository, permission] of grants) {
    const here = all.get(repository);
    if (here === undefined) all.set(repository, [permission]);
    else here.push(permission);
  }
  return all;
}

function ofRobot({ name, repositories, permissions }: ObservedRobot, leftOut: LeftOut): Grant[] {
  if (permissions === undefined && repositories.length > 0) leftOut.add(`permissions of robot ${name}`);
  return (permissions ?? []).map(({ repository, role }) => [repository, { kind: 'robot', name, role }]);
}

function ofTeam({ name, permissions }: ObservedTeam, leftOut: LeftOut): Grant[] {
  if (permissions === undefined && name !== markerTeam) leftOut.add(`permissions of team ${name}`);
  return (permissions ?? []).map(({ repository, role }) => [repository, { kind: 'team', name, role }]);
}

function ofUsers({ name: repository, userPermissions }: ObservedRepository, leftOut: LeftOut): Grant[] {
  if (userPermissions === undefined) leftOut.add(`permissions of users on repository ${repository}`);
  return (userPermissions ?? []).map(({ name, role }) => [repository, { kind: 'user', name, role }]);
}
