import { createHash } from 'node:crypto';
import { type QuayOrganization } from '../api/index.js';
import { regarding, type Repair, resourceTypes } from '../kube/index.js';
import { type RobotToken } from '../quay/index.js';
import { type PullSecretInput } from './input.js';
import { type DesiredSecret } from './desired-secret.js';

const { secret, serviceAccount } = resourceTypes;

/** Whether its status says that a pull secret was in its place. */
export function wasReady({ status }: QuayOrganization, { robot, name }: DesiredSecret): boolean {
  return status?.robots?.some((one) => one.name === robot && one.secret === name && one.ready) === true;
}

/**
 * A pull secret as something that is kept: with another token it is another one. `known` are the tokens that were in order
 * before: whoever gets a new one had nothing taken away.
 */
export function secretRepair(
  organization: QuayOrganization,
  declared: DesiredSecret,
  { token, known }: { readonly token: RobotToken | undefined; readonly known: PullSecretInput['known'] },
): Repair {
  const { namespace, name, robot, host, username, labels } = declared;
  const content = createHash('sha256').update(JSON.stringify([host, username, token?.reveal(), labels]));
  const isSame = known?.get(robot)?.reveal() === token?.reveal();
  return {
    owner: organization.metadata.name,
    kind: secret.kind,
    what: `the Secret ${namespace}/${name}`,
    content: content.digest('hex'),
    wasInPlace: known === undefined ? undefined : isSame && wasReady(organization, declared),
    target: { type: secret, named: { namespace, name } },
    regarding: regarding(organization.metadata),
  };
}

/** The entry of a pull secret in its service account. */
export function linkRepair({ metadata, status }: QuayOrganization, declared: DesiredSecret): Repair {
  const { namespace, name, robot } = declared;
  return {
    owner: metadata.name,
    kind: serviceAccount.kind,
    what: `the entry ${name} of ServiceAccount ${namespace}/${declared.serviceAccount}`,
    content: name,
    wasInPlace: status?.robots?.some((one) => one.name === robot && one.secret === name && one.linked) === true,
    target: { type: serviceAccount, named: { namespace, name: declared.serviceAccount } },
    regarding: regarding(metadata),
  };
}

/** That a pull secret which is no longer declared is gone. */
export function removalRepair(
  { metadata }: QuayOrganization,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Repair {
  return {
    owner: metadata.name,
    kind: secret.kind,
    what: `the removal of Secret ${namespace}/${name}`,
    content: 'gone',
    target: { type: secret, named: { namespace, name } },
    regarding: regarding(metadata),
  };
}
