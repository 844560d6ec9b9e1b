import { type QuayIntegration, type Sealed } from '../api/index.js';
import { proxyFor } from '../proxy/index.js';
import { type QuayConnection } from '../quay/index.js';
import { type AuthoritySources, certificateAuthority } from './certificate-authority.js';
import { quayToken, type SecretSource, type TokenSources } from './credentials.js';
import { quayUrl } from './quay-url.js';

/** What is known of the connection to Quay beside the spec of the integration. */
export interface ConnectionSources {
  readonly tokenFile?: string | undefined;
  /** What the variable QUAYSIDE_QUAY_TOKEN holds. */
  readonly token?: string | undefined;
  readonly certificateAuthorityFile?: string | undefined;
  readonly secrets?: SecretSource | undefined;
  /** The variables of the process, for the proxy. Default: none. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The connection that an integration means, once its credentials are at hand. */
export function quayConnection({ spec }: QuayIntegration, token: () => Sealed, ca?: string): QuayConnection {
  return {
    url: quayUrl(spec),
    token: () => token().reveal(),
    ...(ca !== undefined && { ca }),
    ...(spec.insecureRegistry && { insecure: true }),
  };
}

/** Fetches the credentials and gives the connection. */
export async function openConnection(
  integration: QuayIntegration,
  sources: ConnectionSources,
): Promise<QuayConnection> {
  const { secrets } = sources;
  const tokens: TokenSources = { file: sources.tokenFile, environment: sources.token, secrets };
  const authorities: AuthoritySources = { file: sources.certificateAuthorityFile, store: secrets?.store };
  // A wrong address is found without asking anybody for credentials.
  quayUrl(integration.spec);
  const token = await quayToken(integration, tokens);
  const connection = quayConnection(integration, () => token, await certificateAuthority(integration, authorities));
  const proxy = proxyFor(connection.url, sources.environment ?? {});
  return proxy === undefined ? connection : { ...connection, proxy };
}
