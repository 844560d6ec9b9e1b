import { QuaysideError, TerminalError } from '../errors/index.js';
import { findForge, openForge, type OpenForge } from '../forge/index.js';
import { type Credentials, readAddress } from '../git/index.js';
import { type SecretObject } from '../kube/index.js';
import { type Configuration } from '../process/configuration.js';
import { forgeCredentials, forgeOptionsOf, type ForgeSources, isForApp, isSameHost } from './forge-access.js';

/** Where the login of an App comes from. */
export interface AppSources extends Omit<ForgeSources, 'git'> {
  readonly configuration: Pick<Configuration, 'forgeToken' | 'environment'>;
}

/**
 * The login for Git of the GitHub App that opens the pull requests; undefined where there is none. Its tokens last an hour, so each
 * command of git asks for the one that is good then. Nothing is asked of the forge before.
 */
export async function appLogin(sources: AppSources): Promise<Credentials | undefined> {
  const { inputs, location, configuration } = sources;
  const name = inputs.integration.spec.git.forge?.secretRef?.name;
  if (name === undefined || configuration.forgeToken !== undefined) return undefined;
  if (readAddress(location).kind !== 'http') return undefined;
  const secret = await secretOf(sources, name);
  if (secret === undefined || !isForApp(secret)) return undefined;
  let open: Promise<OpenForge> | undefined;
  const opened = (): Promise<OpenForge> => {
    const opening = (open ??= openApp(sources));
    opening.catch(() => (open = undefined));
    return opening;
  };
  return {
    login: async () => {
      const login = await (await opened()).gitPassword?.();
      if (login === undefined) throw new TypeError('a GitHub App without a login for Git');
      return login;
    },
  };
}

/** Who may not read it asks Git without a login, as if there were no App. */
async function secretOf({ inputs, rule }: AppSources, name: string): Promise<SecretObject | undefined> {
  try {
    return await inputs.cluster.secret((await rule()).namespace, name);
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'ClusterAccessForbidden') return undefined;
    throw error;
  }
}

async function openApp(sources: AppSources): Promise<OpenForge> {
  const { location, configuration } = sources;
  const place = { ...sources, git: {}, environment: configuration.environment };
  const options = forgeOptionsOf(place);
  const located = await findForge(options);
  if (!isSameHost(location, located)) {
    const host = new URL(located.api).host;
    throw new TerminalError(
      'CredentialsMissing',
      `the token of the GitHub App on ${host} is not shown to another host`,
      {
        hint: 'Let spec.git.secretRef name a Secret with the login for Git.',
      },
    );
  }
  return openForge(options, await forgeCredentials(place, located), located);
}
