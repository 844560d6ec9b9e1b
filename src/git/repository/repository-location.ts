import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Address, readAddress } from '../transport/address.js';
import { initBare, prepareFolder } from './bare-folder.js';
import { embeddedSettings, embeddedTransport } from '../transport/embedded.js';
import { type Environment, gitEnvironment } from '../run/environment.js';
import { remoteTransport } from '../transport/remote.js';
import { createGit, type Git } from '../run/run-git.js';
import { secretsOf, type Credentials, type Login } from '../transport/access.js';
import type { SigningKey } from '../../signing/index.js';
import type { Transport } from '../transport/transport.js';

interface EveryRepository {
  readonly branch?: string;
  /** The variables of the process; only PATH, HOME, proxies and the like are passed on to git. */
  readonly environment?: Environment;
  readonly signing?: SigningKey;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A bare repository in a folder, created when it is not there. */
export interface EmbeddedRepository extends EveryRepository {
  readonly embedded: string;
}

/** A repository elsewhere, seen through a copy below `cacheFolder`. */
export interface RemoteRepository extends EveryRepository {
  readonly url: string;
  readonly cacheFolder: string;
  readonly credentials?: Credentials;
  /** PEM: the CAs to trust for this remote instead of the system's. */
  readonly ca?: string;
  /** Fetch only the files that are read. @default false */
  readonly partialFetch?: boolean;
}

/** The bare repository on this disk, and the transport from it to the remote. */
export interface RepositoryLocation {
  readonly git: Git;
  readonly transport: Transport;
  readonly description: string;
  readonly secrets: readonly string[];
  readonly signing?: SigningKey | undefined;
  readonly environment: Environment;
  /** Makes the folder fit to work in; for a copy, from nothing when `anew`. */
  prepare(anew: boolean): Promise<void>;
  readonly isCopy: boolean;
}

/** The folder is the repository. */
export function embeddedLocation(
  { embedded, environment, signing }: EmbeddedRepository,
  branch: string,
): RepositoryLocation {
  const folder = resolve(embedded);
  const secrets = signing === undefined ? [] : [signing.key];
  const git = createGit(folder, { environment, secrets });
  return {
    git,
    transport: embeddedTransport(git, branch),
    description: folder,
    secrets,
    signing,
    environment: gitEnvironment(environment),
    isCopy: false,
    prepare: async () => {
      await prepareFolder(folder);
      await initBare(folder, branch, embeddedSettings);
    },
  };
}

/** The folder is a copy of one branch. */
export function remoteLocation(options: RemoteRepository, branch: string): RepositoryLocation {
  const address = readAddress(options.url);
  const { signing, environment, partialFetch = false } = options;
  // A copy that lacks files would be a damaged one to whoever fetches everything.
  const folder = resolve(options.cacheFolder, `${address.key}${partialFetch ? '.partial' : ''}.git`);
  const secrets = [...secretsOf({ ...options, address }), ...(signing === undefined ? [] : [signing.key])];
  const access = { ...options, address, ...noting(options.credentials, address, secrets) };
  const git = createGit(folder, { environment, secrets });
  const description = `${address.url} (${branch})`;
  return {
    git,
    transport: remoteTransport({ git, access, branch, description, secrets, partialFetch }),
    description,
    secrets,
    signing,
    environment: gitEnvironment(environment),
    isCopy: true,
    prepare: async (anew) => {
      if (anew) await rm(folder, { recursive: true, force: true });
      await prepareFolder(folder);
      await initBare(folder, branch, '');
    },
  };
}

/** What a login gives is secret from then on; of those that it gave before, the last may still be in use. */
function noting(
  credentials: Credentials | undefined,
  address: Address,
  secrets: string[],
): { readonly credentials?: Credentials } {
  if (credentials === undefined || !('login' in credentials)) return {};
  const own = secrets.length;
  const login = async (): Promise<Login> => {
    const given = await credentials.login();
    const more = secretsOf({ address, credentials: given });
    if (!secrets.includes(given.password)) secrets.push(...secrets.splice(own).slice(-more.length), ...more);
    return given;
  };
  return { credentials: { login } };
}
