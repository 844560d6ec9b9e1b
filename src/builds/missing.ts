import { type OrganizationFacts, type RobotFacts } from './situation.js';
import { type RewritableBuild } from './shape.js';
import { quoted } from './warning.js';

/** What a Build would need in its namespace. */
export interface Needs {
  readonly namespace: string;
  readonly build: RewritableBuild;
  readonly organization: OrganizationFacts | undefined;
  readonly robot: RobotFacts | undefined;
}

/** What of it is not there yet, in words that go on after a colon. */
export function missing({ namespace, build, organization, robot }: Needs): string {
  if (organization?.declared !== true) return `there is no organization for namespace ${quoted(namespace)} yet`;
  if (!organization.exists) return `the organization ${quoted(organization.name)} is not in Quay yet`;
  if (robot?.ready !== true) {
    const name = quoted(`${organization.name}+${robot?.name ?? build.serviceAccount}`, 120);
    return reasoned(`the robot ${name} is not ready yet`, robot?.message);
  }
  return reasoned(
    `the service account ${quoted(build.serviceAccount)} does not list its pull secret yet`,
    robot.message,
  );
}

function reasoned(what: string, why: string | undefined): string {
  return why === undefined || why === '' ? what : `${what} (${why})`;
}
