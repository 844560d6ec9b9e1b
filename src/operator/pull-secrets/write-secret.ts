import { RetryableError } from '../../errors/index.js';
import { applyObject, keyOf, readObject, resourceTypes } from '../../kube/index.js';
import { type RobotToken } from '../../quay/index.js';
import { fieldManager } from '../field-manager.js';
import { type PullSecretInput } from './input.js';
import { claimAgainst, isRight } from './judge.js';
import { conflictNotice, repairNotice } from './notices.js';
import { secretObject, type StatedSecret } from './stated-secret.js';

/** What became of a pull secret. */
export interface Written {
  /** It is in the namespace as it should be. */
  readonly written: boolean;
  readonly writes: number;
  /** What is not there yet although nothing failed, in words. */
  readonly waitsFor?: string;
}

/** Makes a pull secret what is stated, unless it is so already or belongs to somebody else. */
export async function writeSecret(input: PullSecretInput, stated: StatedSecret): Promise<Written> {
  const { secrets, tokens, exists, terminating = false } = input;
  const { namespace, name, robot } = stated;
  const cached = secrets.get(keyOf(namespace, name));
  const token = tokens.get(robot);
  if (isRight(cached, stated, token)) return { written: true, writes: 0 };
  if (terminating) return waits(`the namespace ${namespace} is terminating`);
  if (token !== undefined) return write(input, stated, token);
  if (!exists(robot)) return waits(`the robot ${stated.username} is not in Quay yet`);
  throw new RetryableError('NotOrganizationAdmin', `Quay does not show the token of the robot ${stated.username}`, {
    hint: "Let the token's owner administer the organization.",
  });
}

/** Asks for the live object first: the cache has only what is labelled, and may not have heard of our own last write. */
async function write(input: PullSecretInput, stated: StatedSecret, token: RobotToken): Promise<Written> {
  const { client, organization, notice } = input;
  const { namespace, name, robot } = stated;
  const live = await readObject(client, resourceTypes.secret, { namespace, name });
  const against = live === undefined ? undefined : claimAgainst(live, stated);
  if (against !== undefined) {
    notice(conflictNotice(stated, against.message));
    throw against;
  }
  const { outcome } = await applyObject(client, {
    type: resourceTypes.secret,
    object: secretObject(stated, token),
    manager: fieldManager,
    live: live ?? {},
    // One that somebody made since then is not overwritten.
    polite: live === undefined,
  });
  const wasReady = organization.status?.robots?.some((one) => one.name === robot && one.secret === name && one.ready);
  if (outcome === 'Created' && wasReady === true) notice(repairNotice(stated));
  return { written: true, writes: outcome === 'Unchanged' ? 0 : 1 };
}

function waits(waitsFor: string): Written {
  return { written: false, writes: 0, waitsFor };
}
