import { TerminalError } from '../errors/index.js';
import { type ForgeCredentials, type ForgeOptions, type Located } from '../forge/index.js';
import { readAddress } from '../git/index.js';
import { credentialsRefusal, type CredentialsRule } from '../integration/index.js';
import { type SecretObject } from '../kube/index.js';
import { endpointOf } from '../names/index.js';
import { type Configuration } from '../process/configuration.js';
import { proxyFor } from '../proxy/index.js';
import { type GitAccess } from './git-secret.js';
import { type Inputs } from './inputs.js';

/** Where the credentials for a forge may be taken from. */
export interface ForgeSources {
  readonly inputs: Pick<Inputs, 'cluster' | 'integration'>;
  /** The address of the state repository. */
  readonly location: string;
  readonly rule: () => Promise<CredentialsRule>;
  readonly configuration: Pick<Configuration, 'forgeToken'>;
  /** What Git uses for the same repository. */
  readonly git: GitAccess;
}

/** Which forge, and the way to it. */
export interface ForgePlace extends ForgeSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onCall?: ForgeOptions['onCall'];
}

/** How the forge of an integration is found and reached. */
export function forgeOptionsOf({ inputs, location, git, environment, onCall }: ForgePlace): ForgeOptions {
  return {
    gitUrl: location,
    stated: inputs.integration.spec.git.forge ?? {},
    ca: git.ca,
    proxyFor: (address) => proxyFor(address, environment),
    ...(onCall && { onCall }),
  };
}

/** The credentials for a forge: those given by hand, those of the Secret of `git.forge`, or Git's password for the same host. */
export async function forgeCredentials(sources: ForgeSources, located: Located): Promise<ForgeCredentials> {
  const { inputs, location, configuration, git } = sources;
  if (configuration.forgeToken !== undefined) return { token: configuration.forgeToken };
  const name = inputs.integration.spec.git.forge?.secretRef?.name;
  if (name !== undefined) return fromSecret(sources, name, located);
  const { credentials } = git;
  const password = credentials !== undefined && 'password' in credentials ? credentials.password : undefined;
  if (password !== undefined && isSameHost(location, located)) return { token: password };
  throw missing(`nothing says how to prove to ${new URL(located.api).host} who opens pull requests`);
}

async function fromSecret(
  { inputs, rule }: ForgeSources,
  name: string,
  { api, kind }: Located,
): Promise<ForgeCredentials> {
  const known = await rule();
  const secret = await inputs.cluster.secret(known.namespace, name);
  const what = `Secret ${known.namespace}/${name}`;
  if (secret === undefined) throw missing(`there is no ${what} with the credentials of the forge`);
  const to = endpointOf(new URL(api).origin);
  if (to === undefined) throw missing(`the host of ${api} can be read in two ways`);
  const refused = credentialsRefusal({ purpose: 'Git', namespace: known.namespace, name, to }, secret, known);
  if (refused !== undefined) throw refused;
  return credentialsIn(secret, what, kind);
}

/** Whether a Secret is for a GitHub App. */
export function isForApp({ data }: Pick<SecretObject, 'data'>): boolean {
  return !data.has('token') && data.has('appID') && data.has('privateKey');
}

function credentialsIn({ data }: Pick<SecretObject, 'data'>, what: string, kind: Located['kind']): ForgeCredentials {
  const [token, appID, privateKey] = ['token', 'appID', 'privateKey'].map((key) => data.get(key));
  if (token !== undefined) return { token };
  if (appID === undefined || privateKey === undefined) {
    throw missing(`${what} has neither the key token, nor appID and privateKey of a GitHub App`);
  }
  if (kind !== 'GitHub') throw missing(`${what} is for a GitHub App, and the state repository is on ${kind}`);
  const installationID = data.get('installationID')?.trim();
  return { appID: appID.trim(), privateKey, ...(installationID !== undefined && { installationID }) };
}

/** The API of github.com has a host of its own, and is the same forge. */
export function isSameHost(location: string, { api }: Located): boolean {
  const { origin } = readAddress(location);
  if (origin === undefined || !origin.startsWith('http')) return false;
  const [git, asked] = [new URL(origin), new URL(api)];
  const isGitHub = /^github\.com$|\.ghe\.com$/.test(git.host) && asked.host === `api.${git.host}`;
  return git.origin === asked.origin || (isGitHub && git.protocol === 'https:');
}

function missing(message: string): TerminalError {
  return new TerminalError('CredentialsMissing', message, {
    hint: 'Set QUAYSIDE_FORGE_TOKEN, or let spec.git.forge.secretRef name a Secret with the key token, or with appID and privateKey.',
  });
}
