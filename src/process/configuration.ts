import { homedir } from 'node:os';
import { join } from 'node:path';

/** Environment variables that Quayside reads, with what they mean. `--help` lists them. */
export const environmentVariables = {
  QUAYSIDE_QUAY_TOKEN: "OAuth token for Quay's API, instead of the Secret that the integration names",
  QUAYSIDE_OWNERSHIP_KEY: 'private key that ownership is signed with, in PEM (see: quayside ownership create)',
  QUAYSIDE_GIT_USERNAME: 'user for the state repository over HTTPS (default: git)',
  QUAYSIDE_GIT_PASSWORD: 'password or token for the state repository over HTTPS',
  QUAYSIDE_GIT_SSH_KEY_FILE: 'file with the private key for the state repository over SSH',
  QUAYSIDE_GIT_KNOWN_HOSTS_FILE: 'file with the known hosts for the state repository over SSH',
  QUAYSIDE_FORGE_TOKEN: 'token for pull requests, instead of the Secret that the integration names',
  QUAYSIDE_CACHE: 'folder for clones of remote state repositories (default: quayside in the cache folder of the user)',
  NO_COLOR: 'no colours, also on a terminal',
} as const;

export interface Configuration {
  readonly quayToken: string | undefined;
  readonly ownershipKey: string | undefined;
  readonly gitUsername: string | undefined;
  readonly gitPassword: string | undefined;
  readonly gitSshKeyFile: string | undefined;
  readonly gitKnownHostsFile: string | undefined;
  readonly forgeToken: string | undefined;
  readonly cacheFolder: string;
  /** What is handed on to git, which takes from it only what it needs. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The only reader of the environment; an empty variable counts as not set. */
export function readConfiguration(environment: NodeJS.ProcessEnv = process.env): Configuration {
  const read = (name: keyof typeof environmentVariables | 'XDG_CACHE_HOME'): string | undefined =>
    environment[name] === '' ? undefined : environment[name];
  return {
    quayToken: read('QUAYSIDE_QUAY_TOKEN'),
    ownershipKey: read('QUAYSIDE_OWNERSHIP_KEY'),
    gitUsername: read('QUAYSIDE_GIT_USERNAME'),
    gitPassword: read('QUAYSIDE_GIT_PASSWORD'),
    gitSshKeyFile: read('QUAYSIDE_GIT_SSH_KEY_FILE'),
    gitKnownHostsFile: read('QUAYSIDE_GIT_KNOWN_HOSTS_FILE'),
    forgeToken: read('QUAYSIDE_FORGE_TOKEN'),
    cacheFolder: read('QUAYSIDE_CACHE') ?? join(read('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'quayside'),
    environment,
  };
}
