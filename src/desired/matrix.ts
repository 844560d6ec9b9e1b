import { type QuayIntegrationSpec, type RepositoryRole, type Robot } from '../api/index.js';
import { robotName, secretName, type ClusterId } from '../names/index.js';
import { byName } from './order.js';

/** A service account that gets a robot, and what the robot may do. */
export interface AccountRole {
  readonly name: string;
  readonly role: RepositoryRole;
}

const withBuilds: readonly AccountRole[] = [
  { name: 'builder', role: 'write' },
  { name: 'default', role: 'read' },
  { name: 'deployer', role: 'read' },
];
const withoutBuilds: readonly AccountRole[] = [{ name: 'default', role: 'read' }];

/**
 * Which service accounts get a robot: those the integration names, else OpenShift's three, else `default` alone where
 * nothing builds. Where that is unknown, OpenShift's three: a robot too many does no harm, a missing one does.
 */
export function accountRoles(
  spec: Pick<QuayIntegrationSpec, 'serviceAccounts'>,
  hasBuildApis: boolean | undefined,
): readonly AccountRole[] {
  return spec.serviceAccounts ?? (hasBuildApis === false ? withoutBuilds : withBuilds);
}

/** The robots of an organization, with the pull secrets that carry their tokens. */
export function robotsFor(accounts: readonly AccountRole[], id: ClusterId): Robot[] {
  return byName(
    accounts.map(({ name, role }) => ({
      name: robotName(name),
      role,
      pullSecret: { name: secretName(name, id), serviceAccount: name },
    })),
  );
}
