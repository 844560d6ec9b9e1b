import { keyOf, readObject, resourceTypes } from '../../kube/index.js';
import { type PullSecretInput } from './input.js';
import { isRight } from './judge.js';
import { pullSecretState } from './pull-secret-state.js';
import { statedSecrets, type StatedSecret } from './stated-secret.js';

type Input = Pick<PullSecretInput, 'client' | 'organization' | 'host' | 'tokens' | 'secrets'>;

/**
 * Whether a pull secret that was in its place is gone, or another one now: whoever did that may have another token in Quay,
 * and the known one must not be written before Quay was asked. Where the cache shows that all is right, no call is made.
 */
export async function wentAstray(input: Input): Promise<boolean> {
  for (const stated of statedSecrets(input.organization, input.host)) {
    if (wasReady(input, stated) && !(await isInPlace(input, stated))) return true;
  }
  return false;
}

function wasReady({ organization, tokens }: Input, { robot, name }: StatedSecret): boolean {
  const robots = organization.status?.robots ?? [];
  return tokens.has(robot) && robots.some((one) => one.name === robot && one.secret === name && one.ready);
}

async function isInPlace({ client, secrets, tokens }: Input, stated: StatedSecret): Promise<boolean> {
  const { namespace, name, robot } = stated;
  const token = tokens.get(robot);
  if (isRight(secrets.get(keyOf(namespace, name)), stated, token)) return true;
  // The cache may not have heard of our own last write.
  const live = await readObject(client, resourceTypes.secret, { namespace, name });
  return live !== undefined && isRight(pullSecretState(live), stated, token);
}
