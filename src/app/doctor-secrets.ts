import { QuaysideError } from '../errors/index.js';
import { type Check, type CredentialsRule, failed, tokenRefusal } from '../integration/index.js';
import { type Cluster, type SecretObject } from '../kube/index.js';
import { type Configuration } from '../process/configuration.js';
import { credentialsRuleOf } from '../pipeline/credential-uses.js';
import { gitRefusal } from '../pipeline/git-access.js';
import { isRemote } from '../pipeline/git-place.js';
import { type Inputs } from '../pipeline/inputs.js';
import { type InputOptions } from '../pipeline/input-options.js';

/** A Secret that an integration names, and the judgement on it. */
interface Named {
  readonly check: string;
  readonly namespace: string;
  readonly name: string;
  readonly decide: (secret: SecretObject, rule: CredentialsRule) => QuaysideError | undefined;
}

/**
 * Whether the operator will take the Secrets that the integration names. Where credentials are given by hand, nobody else asks
 * before it runs.
 */
export async function checkSecrets(
  { integration, cluster }: Pick<Inputs, 'integration' | 'cluster'>,
  options: InputOptions,
  configuration: Configuration,
): Promise<readonly Check[]> {
  const { credentialsSecret: token, git } = integration.spec;
  const { quayToken, gitPassword, gitSshKeyFile } = configuration;
  const { url, secretRef } = git;
  const named: Named[] = [];
  if ((options.tokenFile ?? quayToken) !== undefined) {
    named.push({
      check: 'credentials Secret',
      ...token,
      decide: (...known) => tokenRefusal(integration.spec, ...known),
    });
  }
  if (secretRef !== undefined && isRemote(url) && (gitPassword ?? gitSshKeyFile) !== undefined) {
    const { name } = secretRef;
    const decide: Named['decide'] = (...known) => gitRefusal(name, url, ...known);
    named.push({ check: 'Git Secret', namespace: options.namespace, name, decide });
  }
  const checks = await Promise.all(named.map((one) => look(one, cluster, options)));
  return [...checks.flat(), ...(isPlain(url) ? [plainGit] : [])];
}

async function look(one: Named, cluster: Cluster, options: InputOptions): Promise<readonly Check[]> {
  try {
    const secret = await cluster.secret(one.namespace, one.name);
    const refused = one.decide(secret ?? unseen, await credentialsRuleOf(cluster, options));
    const message = `the operator may send Secret ${one.namespace}/${one.name} there as well`;
    if (refused === undefined) return secret === undefined ? [] : [{ name: one.check, outcome: 'ok', message }];
    // By hand it works, so nothing has failed yet.
    const told = { ...failed(one.check, refused), outcome: 'warning' as const };
    return [secret === undefined ? { ...told, message: `${told.message} (it was not seen here)` } : told];
  } catch (error) {
    // A wrong address is told by a check of its own.
    if (error instanceof QuaysideError && /^Invalid(?:Hostname|GitUrl)$/.test(error.code)) return [];
    return [{ ...failed(one.check, error), outcome: 'warning' }];
  }
}

/** What is known of a Secret that a dump does not hold: nothing that would allow anything. */
const unseen: SecretObject = { data: new Map(), labels: {}, annotations: {}, type: 'Opaque' };

const plainGit: Check = {
  name: 'Git address',
  outcome: 'warning',
  message: 'spec.git.url starts with http://, so credentials for it travel as plain text',
  hint: 'Write https:// or ssh://.',
};

function isPlain(url: string | undefined): boolean {
  return isRemote(url) && /^http:/i.test(url.trim());
}
