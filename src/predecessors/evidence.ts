import { createHash, timingSafeEqual } from 'node:crypto';
import { managedByLabel, managedByValue, type NamespaceRecord, predecessorFinalizers } from '../api/index.js';
import { type PullSecretRecord } from '../kube/index.js';
import { type PredecessorEvidence } from '../ownership/index.js';
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

/** What the cluster holds of a predecessor's work on this organization. */
export function predecessorEvidence(facts: PredecessorFacts): PredecessorEvidence {
  const { namespace, pullSecrets, organization, tokens } = facts;
  const others = pullSecrets.filter(
    (one) => one.namespace === namespace.name && one.labels[managedByLabel] !== managedByValue,
  );
  return {
    finalizer: namespace.finalizers.find((one) => predecessorFinalizers.includes(one)),
    currentTokens: currentRobots(others, organization, tokens),
  };
}

/** The robots whose current token one of these Secrets holds. */
export function currentRobots(
  pullSecrets: readonly PullSecretRecord[],
  organization: string,
  tokens: ReadonlyMap<string, RobotToken>,
): readonly string[] {
  return [...new Set(pullSecrets.flatMap((secret) => robotsOf(secret, organization, tokens)))].sort();
}

/** The robots that the entries of a secret would let in. A name alone proves nothing: anybody can write it. */
function robotsOf(
  { entries }: PullSecretRecord,
  organization: string,
  tokens: ReadonlyMap<string, RobotToken>,
): readonly string[] {
  return entries.flatMap(({ username, password }) => {
    if (!username.startsWith(`${organization}+`)) return [];
    const robot = username.slice(organization.length + 1);
    const token = tokens.get(robot);
    return token !== undefined && isSame(token.reveal(), password.reveal()) ? [robot] : [];
  });
}

/** Takes as long for a near miss as for any other. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return one !== '' && timingSafeEqual(digest(one), digest(other));
}
