import { TerminalError, toError } from '../errors/index.js';
import { type Credentials, readAddress } from '../git/index.js';
import { credentialsRefusal, type CredentialsRule, readNamedFile } from '../integration/index.js';
import { type SecretObject } from '../kube/index.js';
import { endpointOf } from '../names/index.js';
import { type Configuration } from '../process/configuration.js';
import { appLogin } from './app-login.js';
import { accessIn, type GitAccess, missing } from './git-secret.js';
import { type Inputs } from './inputs.js';

/** The credentials for the remote at `location`: those that somebody gave by hand, else those of the Secret that the integration names. */
export async function gitAccess(
  { cluster, integration }: Pick<Inputs, 'cluster' | 'integration'>,
  location: string,
  rule: () => Promise<CredentialsRule>,
  configuration: Configuration,
): Promise<GitAccess> {
  const byHand = await credentialsByHand(configuration);
  if (byHand !== undefined) return { credentials: byHand };
  const name = integration.spec.git.secretRef?.name;
  if (name === undefined) {
    const credentials = await appLogin({ inputs: { cluster, integration }, location, rule, configuration });
    return credentials === undefined ? {} : { credentials };
  }
  const known = await rule();
  const secret = await cluster.secret(known.namespace, name);
  const what = `Secret ${known.namespace}/${name}`;
  if (secret === undefined) throw missing(`there is no ${what} with the credentials of the state repository`);
  const refused = gitRefusal(name, location, secret, known);
  if (refused !== undefined) throw refused;
  return accessIn(secret, { what, kind: readAddress(location).kind });
}

/** Why the credentials in a Secret must not be shown to the remote at `location`. */
export function gitRefusal(
  name: string,
  location: string,
  secret: SecretObject,
  rule: CredentialsRule,
): TerminalError | undefined {
  const { origin } = readAddress(location);
  if (origin === undefined) return undefined;
  const to = endpointOf(origin);
  if (to !== undefined) {
    return credentialsRefusal({ purpose: 'Git', namespace: rule.namespace, name, to }, secret, rule);
  }
  return new TerminalError('InvalidGitUrl', 'the host in the address of the state repository can be read in two ways', {
    hint: 'Write it in letters, digits, dots and dashes alone.',
  });
}

/** Those that somebody gave in the environment. */
export async function credentialsByHand({
  gitUsername,
  gitPassword,
  gitSshKeyFile,
  gitKnownHostsFile,
}: Partial<Configuration>): Promise<Credentials | undefined> {
  if (gitPassword !== undefined) return { username: gitUsername ?? 'git', password: gitPassword };
  if (gitSshKeyFile === undefined) return undefined;
  if (gitKnownHostsFile === undefined)
    throw missing('QUAYSIDE_GIT_KNOWN_HOSTS_FILE is needed beside QUAYSIDE_GIT_SSH_KEY_FILE');
  return { privateKey: await text(gitSshKeyFile), knownHosts: await text(gitKnownHostsFile) };
}

async function text(file: string): Promise<string> {
  const bytes = await readNamedFile(file).catch((error: unknown) => {
    throw missing(`cannot read ${file}: ${toError(error).message}`);
  });
  return bytes.toString('utf8');
}
