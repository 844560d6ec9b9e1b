import { fieldManager, managedByLabel, managedByValue, organizationLabel } from '../api/index.js';
import { deleteObject, linkPullSecret, resourceTypes } from '../kube/index.js';
import { labelValue } from '../names/index.js';
import { mentions } from './account-state.js';
import { type PullSecretInput, type PullSecretProblem } from './input.js';
import { removedEvent } from './events.js';
import { problemOf } from './problem.js';
import { type PullSecretState } from './pull-secret-state.js';
import { removalRepair } from './repairs.js';
import { type DesiredSecret } from './desired-secret.js';

/** What became of a pull secret that is no longer declared. */
export interface Removed {
  readonly writes: number;
  readonly problem?: PullSecretProblem;
}

/**
 * Our pull secrets that the organization no longer declares. One whose robot has got another in its place stays until
 * that one is written; while the service accounts are not known, nobody could be unlinked.
 */
export function staleSecrets(
  { organization, secrets, accounts, mayRemove, terminating = false }: PullSecretInput,
  declared: readonly DesiredSecret[],
  written: ReadonlySet<string>,
): readonly PullSecretState[] {
  const { metadata, spec } = organization;
  if (!mayRemove || terminating || spec.namespace === undefined || !accounts.synced()) return [];
  return secrets
    .list(spec.namespace)
    .filter(({ labels }) => labels[managedByLabel] === managedByValue)
    .filter(({ labels }) => labels[organizationLabel] === labelValue(metadata.name))
    .filter(({ name }) => !declared.some((one) => one.name === name))
    .filter((secret) => declared.every(({ robot }) => robot !== robotOf(secret) || written.has(robot)));
}

/** Takes a secret off every service account that lists it, and then deletes it. */
export async function removeSecret(input: PullSecretInput, secret: PullSecretState): Promise<Removed> {
  const { client, recordEvent, organization, repairs } = input;
  const { namespace, name, uid } = secret;
  let writes = 0;
  try {
    for (const serviceAccount of listedBy(input, secret)) {
      const link = { namespace, serviceAccount, secret: name, linked: false, manager: fieldManager };
      if ((await linkPullSecret(client, link)) === 'Changed') writes += 1;
    }
    const outcome = await repairs.attempt(removalRepair(organization, secret), () =>
      deleteObject(client, resourceTypes.secret, { namespace, name }, { uid }),
    );
    if (outcome === 'Deleted') {
      writes += 1;
      recordEvent(removedEvent(secret));
    }
    return { writes };
  } catch (error) {
    return { writes, problem: problemOf(robotOf(secret), error) };
  }
}

/** The service accounts that list a secret. The one that we linked counts although the cache may not have heard of it yet. */
function listedBy(
  { accounts, organization }: PullSecretInput,
  { namespace, name }: PullSecretState,
): ReadonlySet<string> {
  const seen = accounts.list(namespace).filter((account) => mentions(account, name));
  const listed = organization.status?.robots?.filter(({ secret }) => secret === name) ?? [];
  return new Set([
    ...seen.map((account) => account.name),
    ...listed.flatMap(({ serviceAccount }) => (serviceAccount === undefined ? [] : [serviceAccount])),
  ]);
}

/** The short name of the robot that a secret lets in; without one, the name of the secret says at least which is meant. */
function robotOf({ name, entries }: PullSecretState): string {
  const [, robot] = entries[0]?.username.split('+') ?? [];
  return robot ?? name;
}
