import { QuaysideError } from '../errors/index.js';
import { type Proxy } from '../proxy/index.js';
import type { Forge } from './forge.js';
import { gitea } from './gitea/gitea.js';
import { github } from './github/github.js';
import { type App, installationToken } from './github/installation.js';
import { gitlab } from './gitlab/gitlab.js';
import type { Located } from './kind/known-hosts.js';
import { locateForge, type StatedForge } from './kind/locate.js';
import { type ForgeCall, openClient } from './wire/client.js';
import { staticToken } from './wire/token.js';

/** How to prove to a forge who we are: a token that a person made, or a GitHub App. */
export type ForgeCredentials = { readonly token: string } | App;

export interface ForgeOptions {
  /** The address of the state repository. */
  readonly gitUrl: string;
  readonly stated?: StatedForge;
  /** PEM certificates, trusted beside those of the system. */
  readonly ca?: string | undefined;
  /** The proxy for an address. */
  readonly proxyFor?: (address: string) => Proxy | undefined;
  readonly onCall?: (call: ForgeCall) => void;
  readonly now?: () => number;
  readonly delay?: (milliseconds: number) => Promise<unknown>;
}

/** A forge, and the password that Git needs for the same account: a GitHub App has none of its own. */
export interface OpenForge {
  readonly forge: Forge;
  readonly located: Located;
  /** User and password for Git; undefined for a token, with which Git has credentials of its own. */
  readonly gitPassword?: () => Promise<{ readonly username: string; readonly password: string }>;
  close(): Promise<void>;
}

const probeTimeout = 5_000;

/** Which forge a repository is on; asks its host without a token where the address does not say it. */
export async function findForge({ gitUrl, stated = {}, ca, proxyFor, now }: ForgeOptions): Promise<Located> {
  const clock = now === undefined ? {} : { now };
  return locateForge(gitUrl, stated, async (url) => {
    const { origin, pathname } = new URL(url);
    const client = openClient({ api: origin, ca, proxy: proxyFor?.(url), timeout: probeTimeout, ...clock });
    try {
      return await client.send({ method: 'GET', path: pathname });
    } catch (error) {
      // It would be the same for each question, and no time makes it better.
      if (error instanceof QuaysideError && error.code === 'TLSVerificationFailed') throw error;
      return undefined;
    } finally {
      await client.close();
    }
  });
}

/** Opens the requests of the repository; nothing but the probe of an unknown host is sent, and not that where it was found already. */
export async function openForge(
  options: ForgeOptions,
  credentials: ForgeCredentials,
  found?: Located,
): Promise<OpenForge> {
  const located = found ?? (await findForge(options));
  const { kind, api, project } = located;
  const { ca, onCall, now, delay } = options;
  const connection = {
    api,
    ca,
    proxy: options.proxyFor?.(api),
    onCall,
    scheme: kind === 'Gitea' ? ('token' as const) : ('Bearer' as const),
    ...(now !== undefined && { now }),
  };
  if ('token' in credentials) {
    const client = openClient({ ...connection, token: staticToken(credentials.token) });
    const forge = await forgeOf(located, client, api);
    return { forge, located, close: () => client.close() };
  }
  const installation = installationToken({ connection, app: credentials, project, delay });
  const client = openClient({ ...connection, token: installation });
  const forge = await github(client, project, {
    api,
    account: () => installation.account(),
  });
  return {
    forge,
    located,
    gitPassword: async () => ({ username: 'x-access-token', password: await installation.current() }),
    close: async () => {
      await Promise.all([client.close(), installation.close()]);
    },
  };
}

function forgeOf(
  { kind, project }: Located,
  client: ReturnType<typeof openClient>,
  api: string,
): Promise<Forge> | Forge {
  if (kind === 'GitHub') return github(client, project, { api });
  return kind === 'GitLab' ? gitlab(client, project) : gitea(client, project);
}
