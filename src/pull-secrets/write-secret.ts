import { QuaysideError, RetryableError } from '../errors/index.js';
import { type Fields } from '../json/index.js';
import {
  type Applied,
  applyObject,
  type ApplyRequest,
  keyOf,
  type KubeClient,
  readObject,
  resourceTypes,
} from '../kube/index.js';
import { type RobotToken } from '../quay/index.js';
import { fieldManager } from '../api/index.js';
import { type PullSecretInput } from './input.js';
import { claimAgainst, isRight } from './check-secret.js';
import { conflictEvent, repairedEvent } from './events.js';
import { secretRepair, wasReady } from './repairs.js';
import { secretObject, type DesiredSecret } from './desired-secret.js';
import { undone } from './undone.js';

/** What became of a pull secret. */
export interface Written {
  /** It is in the namespace as it should be. */
  readonly written: boolean;
  readonly writes: number;
  /** What is not there yet although nothing failed, in words. */
  readonly waitsFor?: string;
}

/** Makes a pull secret what is declared, unless it is so already or belongs to somebody else. */
export async function writeSecret(input: PullSecretInput, declared: DesiredSecret): Promise<Written> {
  const { secrets, tokens, exists, terminating = false } = input;
  const { namespace, name, robot } = declared;
  const cached = secrets.get(keyOf(namespace, name));
  const token = tokens.get(robot);
  if (isRight(cached, declared, token)) return { written: true, writes: 0 };
  if (terminating) return waits(`the namespace ${namespace} is terminating`);
  if (token !== undefined) return write(input, declared, token);
  if (!exists(robot)) return waits(`the robot ${declared.username} is not in Quay yet`);
  throw new RetryableError('NotOrganizationAdmin', `Quay does not show the token of the robot ${declared.username}`, {
    hint: "Let the token's owner administer the organization.",
  });
}

async function write(input: PullSecretInput, declared: DesiredSecret, token: RobotToken): Promise<Written> {
  const { organization, known, recordEvent, secrets, repairs } = input;
  const { namespace, name } = declared;
  const isUnknown = secrets.synced() && secrets.get(keyOf(namespace, name)) === undefined;
  const repair = secretRepair(organization, declared, { token, known });
  const outcome = await repairs.attempt(
    repair,
    async () => (isUnknown ? await make(input, declared, token) : undefined) ?? (await replace(input, declared, token)),
  );
  if (outcome === 'Held') return waits(undone('it was deleted or changed'));
  if (outcome === 'Created' && wasReady(organization, declared)) recordEvent(repairedEvent(declared));
  return { written: true, writes: outcome === 'Unchanged' ? 0 : 1 };
}

type Outcome = Applied['outcome'];

/**
 * Makes a secret that the cache does not have: most likely there is none. Nothing of anybody else's is overwritten; where
 * something is in the way, the answer is undefined.
 */
async function make(
  { client }: PullSecretInput,
  declared: DesiredSecret,
  token: RobotToken,
): Promise<Outcome | undefined> {
  try {
    return (await apply(client, secretObject(declared, token), { live: {}, polite: true })).outcome;
  } catch (error) {
    const isInTheWay = error instanceof QuaysideError && inTheWay.has(error.code);
    if (isInTheWay) return undefined;
    throw error;
  }
}

/** A field of it has another manager; or one that cannot be changed is different. */
const inTheWay: ReadonlySet<string> = new Set(['Conflict', 'ClusterAnswerUnexpected']);

/** Asks for the live object first: the cache has only what is labelled, and may not have heard of our own last write. */
async function replace(
  { client, recordEvent }: PullSecretInput,
  declared: DesiredSecret,
  token: RobotToken,
): Promise<Outcome> {
  const { namespace, name } = declared;
  const live = await readObject(client, resourceTypes.secret, { namespace, name });
  const against = live === undefined ? undefined : claimAgainst(live, declared);
  if (against !== undefined) {
    recordEvent(conflictEvent(declared, against.message));
    throw against;
  }
  // One that somebody made since then is not overwritten.
  const how = { live: live ?? {}, polite: live === undefined };
  return (await apply(client, secretObject(declared, token), how)).outcome;
}

function apply(client: KubeClient, object: Fields, how: Pick<ApplyRequest, 'live' | 'polite'>): Promise<Applied> {
  return applyObject(client, { type: resourceTypes.secret, object, manager: fieldManager, ...how });
}

function waits(waitsFor: string): Written {
  return { written: false, writes: 0, waitsFor };
}
