import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { TerminalError, toError } from '../errors/index.js';
import { type Credentials, type EmbeddedRepository, openRepository, type StateRepository } from '../git/index.js';
import { valueAt } from '../integration/index.js';
import { type Configuration } from './configuration.js';
import { type Ends } from './road.js';
import { type RoadOptions } from './road-options.js';

export interface OpenState {
  readonly repository: StateRepository;
  /** Where things that belong to this machine alone may lie beside it. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface StateConfiguration extends Configuration {
  readonly readOnly: boolean;
}

const embeddedDefault = join('.quayside', 'state.git');

/** Opens the state repository: what the command line names, else what the integration names, else a bare one in this folder. */
export async function openState(
  ends: Ends,
  options: RoadOptions,
  configuration: StateConfiguration,
): Promise<OpenState> {
  const { git } = ends.integration.spec;
  if (git.review !== 'None' && !configuration.readOnly) {
    throw new TerminalError(
      'NoStateRepository',
      `spec.git.review is ${git.review}, and pull requests are opened by the operator only`,
      {
        hint: 'Set it to None for the command line, or let a person merge what `quayside render` prints.',
      },
    );
  }
  const place = options.state ?? checkedUrl(git.url) ?? embeddedDefault;
  const { branch } = git;
  const { cacheFolder, environment } = configuration;
  // Who only reads makes no commits.
  const signing = configuration.readOnly ? {} : await signingOf(ends, options.namespace);
  const common = { branch, environment, ...signing };
  if (!isRemote(place)) return openFolder({ folder: resolve(place), ...common }, configuration.readOnly);
  const access = await accessOf(ends, options, configuration);
  const repository = await openRepository({ url: place, cacheFolder, ...common, ...access });
  return { repository, folder: cacheFolder, close: () => Promise.resolve() };
}

/** Who only reads must not leave a repository behind: he gets an empty one that goes away with him. */
async function openFolder(
  { folder, ...rest }: { folder: string } & Omit<EmbeddedRepository, 'embedded'>,
  readOnly: boolean,
): Promise<OpenState> {
  if (!readOnly || existsSync(folder)) {
    return { repository: await openRepository({ embedded: folder, ...rest }), folder, close: () => Promise.resolve() };
  }
  const empty = await mkdtemp(join(tmpdir(), 'quayside-'));
  const repository = await openRepository({ embedded: empty, ...rest });
  return {
    repository: { ...repository, description: folder },
    folder: empty,
    close: () => rm(empty, { recursive: true, force: true }),
  };
}

/** A host without a scheme would become a folder of that name. */
function checkedUrl(url: string | undefined): string | undefined {
  if (url === undefined || isRemote(url) || isAbsolute(url) || /^\.\.?[/\\]/.test(url)) return url;
  // It is not repeated: it may hold a token.
  throw new TerminalError('InvalidGitUrl', 'spec.git.url is neither the address of a repository nor a folder', {
    hint: 'Write https://host/group/name.git, ssh://git@host/group/name.git, git@host:group/name.git or /a/folder.',
  });
}

/** `https://…`, `ssh://…`, `file://…` or `user@host:path`. */
function isRemote(place: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(place) || /^[^/\\@]+@[^/\\:]+:/.test(place);
}

async function signingOf(
  { integration, cluster }: Ends,
  namespace: string,
): Promise<{ readonly signing?: EmbeddedRepository['signing'] }> {
  const { signing } = integration.spec.git;
  if (signing === undefined) return {};
  if (signing.format !== 'ssh') {
    throw new TerminalError(
      'NotSupported',
      `spec.git.signing.format is ${signing.format}, and commits are signed with SSH keys only`,
      {
        hint: 'Set it to ssh, and put an SSH private key without a passphrase into the Secret.',
      },
    );
  }
  return { signing: { sshKey: await valueAt(cluster, 'Secret', { namespace, ...signing.secretRef }) } };
}

async function accessOf(
  ends: Ends,
  options: RoadOptions,
  configuration: Configuration,
): Promise<{ credentials?: Credentials; ca?: string }> {
  const { gitUsername, gitPassword, gitSshKeyFile, gitKnownHostsFile } = configuration;
  if (gitPassword !== undefined) return { credentials: { username: gitUsername ?? 'git', password: gitPassword } };
  if (gitSshKeyFile !== undefined) {
    if (gitKnownHostsFile === undefined)
      throw missing('QUAYSIDE_GIT_KNOWN_HOSTS_FILE is needed beside QUAYSIDE_GIT_SSH_KEY_FILE');
    return { credentials: { privateKey: await text(gitSshKeyFile), knownHosts: await text(gitKnownHostsFile) } };
  }
  const name = ends.integration.spec.git.secretRef?.name;
  return name === undefined ? {} : fromSecret(name, options.namespace, ends);
}

async function fromSecret(
  name: string,
  namespace: string,
  { cluster }: Ends,
): Promise<{ credentials?: Credentials; ca?: string }> {
  const secret = await cluster.secret(namespace, name);
  if (secret === undefined)
    throw missing(`there is no Secret ${namespace}/${name} with the credentials of the state repository`);
  const [username, password, privateKey, knownHosts, ca] = [
    'username',
    'password',
    'identity',
    'known_hosts',
    'ca.crt',
  ].map((key) => secret.get(key));
  if (privateKey !== undefined && knownHosts === undefined)
    throw missing(`Secret ${namespace}/${name} has identity and lacks known_hosts`);
  const credentials =
    privateKey !== undefined && knownHosts !== undefined
      ? { privateKey, knownHosts }
      : password !== undefined
        ? { username: username ?? 'git', password }
        : undefined;
  return { ...(credentials && { credentials }), ...(ca && { ca }) };
}

async function text(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw missing(`cannot read ${file}: ${toError(error).message}`);
  });
}

function missing(message: string): TerminalError {
  return new TerminalError('CredentialsMissing', message, {
    hint: 'Set QUAYSIDE_GIT_PASSWORD, or QUAYSIDE_GIT_SSH_KEY_FILE and QUAYSIDE_GIT_KNOWN_HOSTS_FILE, or complete the Secret.',
  });
}
