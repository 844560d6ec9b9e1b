import { type QuayIntegration, Sealed } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { type SecretObject } from '../kube/index.js';
import { endpointOf } from '../names/index.js';
import { credentialsRefusal, type CredentialsRule } from './credentials-rule/refusal.js';
import { quayUrl } from './quay-url.js';
import { textOfFile } from './read-file.js';
import { type SecretStore, valueIn } from './secret-value.js';

/** The Secrets of a cluster, and the rule by which they may be sent anywhere. */
export interface SecretSource {
  readonly store: SecretStore;
  readonly rule: () => Promise<CredentialsRule>;
}

/** Where the token of Quay's API may come from, the first that is given. */
export interface TokenSources {
  /** A file that holds nothing else. */
  readonly file?: string | undefined;
  /** What the variable QUAYSIDE_QUAY_TOKEN holds. */
  readonly environment?: string | undefined;
  /** Where the Secret is that the integration names. */
  readonly secrets?: SecretSource | undefined;
}

/** The token for the Quay of an integration. */
export async function quayToken(integration: QuayIntegration, sources: TokenSources): Promise<Sealed> {
  if (sources.file !== undefined) return checked(await textOfFile(sources.file, 'CredentialsMissing'), sources.file);
  const { environment, secrets } = sources;
  if (environment !== undefined && environment !== '') return checked(environment, 'QUAYSIDE_QUAY_TOKEN');
  const { namespace, name } = integration.spec.credentialsSecret;
  if (secrets !== undefined) return checked(await fromSecret(integration, secrets), `Secret ${namespace}/${name}`);
  throw new TerminalError(
    'CredentialsMissing',
    `the Secret ${namespace}/${name} is in the cluster, which is not read`,
    { hint: "Set QUAYSIDE_QUAY_TOKEN to the token of Quay's API, or name a file that holds it." },
  );
}

/** The value, once it is clear that it may go where the integration points. */
async function fromSecret({ spec }: QuayIntegration, { store, rule }: SecretSource): Promise<string> {
  const { credentialsSecret } = spec;
  const secret = await store.secret(credentialsSecret.namespace, credentialsSecret.name);
  const refused = secret && tokenRefusal(spec, secret, await rule());
  if (refused !== undefined) throw refused;
  return valueIn('Secret', credentialsSecret, secret?.data);
}

/** Why the token in the Secret that an integration names must not be sent to its Quay. */
export function tokenRefusal(
  spec: QuayIntegration['spec'],
  secret: SecretObject,
  rule: CredentialsRule,
): TerminalError | undefined {
  const { namespace, name, key } = spec.credentialsSecret;
  const to = endpointOf(quayUrl(spec));
  if (to === undefined) throw new TerminalError('InvalidHostname', 'quayHostname is not a host');
  return credentialsRefusal({ purpose: 'Quay', namespace, name, key, to }, secret, rule);
}

/** Quay's are 40 letters and digits; those of an OIDC provider are longer, with dots and dashes. */
const token = /^[A-Za-z0-9_.~+/=-]{8,8192}$/;

/** What can be no token is a secret of another kind, and would be repeated by the error that a header gives. */
function checked(text: string, source: string): Sealed {
  const word = text.trim();
  if (token.test(word)) return new Sealed(word);
  throw new TerminalError('CredentialsMissing', `${source} holds something that is no token`, {
    hint: 'A token is one word of letters and digits, as Quay shows it once when it is made.',
  });
}
