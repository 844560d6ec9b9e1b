import { createHash, timingSafeEqual } from 'node:crypto';
import { managedByLabel, managedByValue, type NamespaceRecord, predecessorFinalizers } from '../api/index.js';
import { type PullSecretRecord } from '../kube/index.js';
import { type RobotToken } from '../quay/index.js';

/** What is known of a namespace and of the organization that may be its predecessor's. */
export interface PredecessorFacts {
  readonly namespace: Pick<NamespaceRecord, 'name' | 'finalizers'>;
  /** Of any namespace; only those of this one count. */
  readonly pullSecrets: readonly PullSecretRecord[];
  readonly organization: string;
  /** The current tokens of the organization's robots, by short name. */
  readonly tokens: ReadonlyMap<string, RobotToken>;
}

/** Why an organization was made by a predecessor for this namespace, in words; `undefined` when nothing says so. */
export function predecessorEvidence(facts: PredecessorFacts): string | undefined {
  const { namespace, pullSecrets, organization, tokens } = facts;
  const finalizer = namespace.finalizers.find((one) => predecessorFinalizers.includes(one));
  if (finalizer !== undefined) return `namespace ${namespace.name} carries the finalizer ${finalizer}`;
  for (const secret of pullSecrets) {
    if (secret.namespace !== namespace.name || secret.labels[managedByLabel] === managedByValue) continue;
    const robot = robotOf(secret, organization, tokens);
    if (robot !== undefined) return `Secret ${secret.namespace}/${secret.name} holds the current token of ${robot}`;
  }
  return undefined;
}

/** The robot that an entry of the secret would let in. A name alone proves nothing: anybody can write it. */
function robotOf(
  secret: PullSecretRecord,
  organization: string,
  tokens: ReadonlyMap<string, RobotToken>,
): string | undefined {
  return secret.entries.find(({ username, password }) => {
    const token = username.startsWith(`${organization}+`) && tokens.get(username.slice(organization.length + 1));
    return token !== undefined && token !== false && isSame(token.reveal(), password.reveal());
  })?.username;
}

/** Takes as long for a near miss as for any other. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return one !== '' && timingSafeEqual(digest(one), digest(other));
}
