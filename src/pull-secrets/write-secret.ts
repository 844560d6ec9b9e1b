import { QuaysideError, RetryableError } from '../errors/index.js';
import {
  type Applied,
  applyObject,
  type ApplyRequest,
  type Fields,
  keyOf,
  type KubeClient,
  readObject,
  resourceTypes,
} from '../kube/index.js';
import { type RobotToken } from '../quay/index.js';
import { fieldManager } from '../api/field-manager.js';
import { type PullSecretInput } from './input.js';
import { claimAgainst, isRight } from './check-secret.js';
import { conflictNotice, repairNotice } from './events.js';
import { secretRepair, wasReady } from './repairs.js';
import { secretObject, type StatedSecret } from './desired-secret.js';
import { undone } from './undone.js';

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

async function write(input: PullSecretInput, stated: StatedSecret, token: RobotToken): Promise<Written> {
  const { organization, known, notice, secrets, repairs } = input;
  const { namespace, name } = stated;
  const isUnknown = secrets.synced() && secrets.get(keyOf(namespace, name)) === undefined;
  const repair = secretRepair(organization, stated, { token, known });
  const outcome = await repairs.attempt(
    repair,
    async () => (isUnknown ? await make(input, stated, token) : undefined) ?? (await replace(input, stated, token)),
  );
  if (outcome === 'Held') return waits(undone('it was deleted or changed'));
  if (outcome === 'Created' && wasReady(organization, stated)) notice(repairNotice(stated));
  return { written: true, writes: outcome === 'Unchanged' ? 0 : 1 };
}

type Outcome = Applied['outcome'];

/**
 * Makes a secret that the cache does not have: most likely there is none. Nothing of anybody else's is overwritten; where
 * something is in the way, the answer is undefined.
 */
async function make(
  { client }: PullSecretInput,
  stated: StatedSecret,
  token: RobotToken,
): Promise<Outcome | undefined> {
  try {
    return (await apply(client, secretObject(stated, token), { live: {}, polite: true })).outcome;
  } catch (error) {
    const isInTheWay = error instanceof QuaysideError && inTheWay.has(error.code);
    if (isInTheWay) return undefined;
    throw error;
  }
}

/** A field of it has another manager; or one that cannot be changed is different. */
const inTheWay: ReadonlySet<string> = new Set(['Conflict', 'ClusterAnswerUnexpected']);

/** Asks for the live object first: the cache has only what is labelled, and may not have heard of our own last write. */
async function replace({ client, notice }: PullSecretInput, stated: StatedSecret, token: RobotToken): Promise<Outcome> {
  const { namespace, name } = stated;
  const live = await readObject(client, resourceTypes.secret, { namespace, name });
  const against = live === undefined ? undefined : claimAgainst(live, stated);
  if (against !== undefined) {
    notice(conflictNotice(stated, against.message));
    throw against;
  }
  // One that somebody made since then is not overwritten.
  const how = { live: live ?? {}, polite: live === undefined };
  return (await apply(client, secretObject(stated, token), how)).outcome;
}

function apply(client: KubeClient, object: Fields, how: Pick<ApplyRequest, 'live' | 'polite'>): Promise<Applied> {
  return applyObject(client, { type: resourceTypes.secret, object, manager: fieldManager, ...how });
}

function waits(waitsFor: string): Written {
  return { written: false, writes: 0, waitsFor };
}
