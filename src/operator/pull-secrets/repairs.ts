import { createHash } from 'node:crypto';
import { type QuayOrganization } from '../../api/index.js';
import { type Repair, resourceTypes } from '../../kube/index.js';
import { type RobotToken } from '../../quay/index.js';
import { regarding } from '../regarding.js';
import { type StatedSecret } from './stated-secret.js';

const { secret, serviceAccount } = resourceTypes;

/** A pull secret as something that is kept: with another token it is another one. */
export function secretRepair(
  { metadata, status }: QuayOrganization,
  { namespace, name, robot, host, username, labels }: StatedSecret,
  token: RobotToken | undefined,
): Repair {
  const content = createHash('sha256').update(JSON.stringify([host, username, token?.reveal(), labels]));
  return {
    owner: metadata.name,
    kind: secret.kind,
    what: `the Secret ${namespace}/${name}`,
    content: content.digest('hex'),
    wasInPlace: status?.robots?.some((one) => one.name === robot && one.secret === name && one.ready) === true,
    target: { type: secret, named: { namespace, name } },
    regarding: regarding(metadata),
  };
}

/** The entry of a pull secret in its service account. */
export function linkRepair({ metadata, status }: QuayOrganization, stated: StatedSecret): Repair {
  const { namespace, name, robot } = stated;
  return {
    owner: metadata.name,
    kind: serviceAccount.kind,
    what: `the entry ${name} of ServiceAccount ${namespace}/${stated.serviceAccount}`,
    content: name,
    wasInPlace: status?.robots?.some((one) => one.name === robot && one.secret === name && one.linked) === true,
    target: { type: serviceAccount, named: { namespace, name: stated.serviceAccount } },
    regarding: regarding(metadata),
  };
}

/** That a pull secret which is no longer stated is gone. */
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
