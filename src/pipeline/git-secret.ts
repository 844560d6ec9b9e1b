import { TerminalError } from '../errors/index.js';
import { type Address, type Credentials } from '../git/index.js';
import { type SecretObject } from '../kube/index.js';

/** What is shown to the host of the state repository, and which authorities are trusted there. */
export interface GitAccess {
  readonly credentials?: Credentials;
  readonly ca?: string;
}

/** A Secret by its name for people, and the kind of remote that it is for. */
interface Use {
  readonly what: string;
  readonly kind: Address['kind'];
}

const needed = {
  http: 'password, and username where the host asks for one',
  ssh: 'identity (or ssh-privatekey) and known_hosts',
} as const;

const authority = 'ca.crt';

/** Access as the keys of a Secret give it; throws when they hold nothing that the remote could be shown. */
export function accessIn({ data }: Pick<SecretObject, 'data'>, { what, kind }: Use): GitAccess {
  const ca = data.get(authority);
  if (kind === 'file') return ca === undefined ? {} : { ca };
  const credentials = credentialsFor(kind, data, what);
  // A host may want no credentials, and still be trusted by an authority of its own.
  const isAuthorityAlone = ca !== undefined && data.size === 1;
  if (credentials === undefined && !isAuthorityAlone) throw otherKeys(data, what, kind);
  return { ...(credentials && { credentials }), ...(ca && { ca }) };
}

/** What the remote cannot be shown is left out: an SSH key for HTTP, a password for SSH. */
function credentialsFor(kind: 'http' | 'ssh', data: SecretObject['data'], what: string): Credentials | undefined {
  if (kind === 'http') {
    const password = data.get('password');
    return password === undefined ? undefined : { username: data.get('username') ?? 'git', password };
  }
  // The second is what Secrets of the type kubernetes.io/ssh-auth have.
  const key = ['identity', 'ssh-privatekey'].find((one) => data.has(one)) ?? '';
  const [privateKey, knownHosts] = [data.get(key), data.get('known_hosts')];
  if (privateKey === undefined) return undefined;
  if (knownHosts === undefined) throw missing(`${what} has ${key} and lacks known_hosts`);
  return { privateKey, knownHosts };
}

const listed = 10;

/** Names the keys, and never a value. */
function otherKeys(data: SecretObject['data'], what: string, kind: 'http' | 'ssh'): TerminalError {
  const names = [...data.keys()].filter((key) => /^[-.\w]{1,253}$/.test(key)).sort();
  const more = names.length > listed ? ` and ${names.length - listed} more` : '';
  const found = names.length === 0 ? 'no keys' : `the keys ${names.slice(0, listed).join(', ')}${more}`;
  return missing(`${what} has ${found}, and a state repository over ${kind} needs ${needed[kind]}`);
}

export function missing(message: string): TerminalError {
  return new TerminalError('CredentialsMissing', message, {
    hint: 'Set QUAYSIDE_GIT_PASSWORD, or QUAYSIDE_GIT_SSH_KEY_FILE and QUAYSIDE_GIT_KNOWN_HOSTS_FILE, or complete the Secret.',
  });
}
