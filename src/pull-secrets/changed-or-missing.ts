import { createHash } from 'node:crypto';
import { keyOf, readObject, resourceTypes } from '../kube/index.js';
import { type PullSecretInput } from './input.js';
import { isRight } from './check-secret.js';
import { pullSecretState, type PullSecretState } from './pull-secret-state.js';
import { secretRepair, wasReady } from './repairs.js';
import { desiredSecrets, type DesiredSecret } from './desired-secret.js';

interface Input extends Pick<PullSecretInput, 'client' | 'organization' | 'host' | 'tokens' | 'secrets' | 'repairs'> {
  /** What was found in place of pull secrets when Quay was asked because of that, by name. */
  readonly asked: Map<string, string>;
}

/**
 * Whether a pull secret that was in its place is gone, or another one now: whoever did that may have another token in Quay,
 * and the known one must not be written before Quay was asked. While somebody takes it away again and again, Quay is asked once
 * for each thing that is found there. Where the cache shows that all is right, no call is made.
 */
export async function hasChangedOrMissing(input: Input): Promise<boolean> {
  for (const declared of desiredSecrets(input.organization, input.host)) {
    if (await isNews(input, declared)) return true;
  }
  return false;
}

async function isNews(input: Input, declared: DesiredSecret): Promise<boolean> {
  const { asked, client, organization, repairs, secrets, tokens } = input;
  const { name, namespace, robot } = declared;
  const token = tokens.get(robot);
  if (token === undefined || isRight(secrets.get(keyOf(namespace, name)), declared, token)) return false;
  const repair = secretRepair(organization, declared, { token, known: tokens });
  const isFought = repairs.knows(repair);
  if (!(isFought || wasReady(organization, declared)) || repairs.hold(repair) > 0) return false;
  // The cache may not have heard of our own last write.
  const live = await readObject(client, resourceTypes.secret, { namespace, name });
  const state = live && pullSecretState(live);
  if (isRight(state, declared, token)) return false;
  const found = inShort(state);
  if (isFought && asked.get(name) === found) return false;
  asked.set(name, found);
  return true;
}

/** What is there, without saying it. */
function inShort(state: PullSecretState | undefined): string {
  if (state === undefined) return 'nothing';
  const entries = state.entries.map(({ host, username, password }) => [host, username, password.reveal()]);
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex');
}
