import { type QuayIntegration, Sealed } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { textOfFile } from './read-file.js';
import { type SecretStore, valueAt } from './secret-value.js';

/** Where the token of Quay's API may come from, the first that is given. */
export interface TokenSources {
  /** A file that holds nothing else. */
  readonly file?: string | undefined;
  /** What the variable QUAYSIDE_QUAY_TOKEN holds. */
  readonly environment?: string | undefined;
  /** Where the Secret is that the integration names. */
  readonly store?: SecretStore | undefined;
}

/** The token for the Quay of an integration. */
export async function quayToken({ spec }: QuayIntegration, sources: TokenSources): Promise<Sealed> {
  if (sources.file !== undefined) return checked(await textOfFile(sources.file, 'CredentialsMissing'), sources.file);
  const { environment } = sources;
  if (environment !== undefined && environment !== '') return checked(environment, 'QUAYSIDE_QUAY_TOKEN');
  const { namespace, name, key } = spec.credentialsSecret;
  if (sources.store === undefined) {
    throw new TerminalError(
      'CredentialsMissing',
      `the Secret ${namespace}/${name} is in the cluster, which is not read`,
      {
        hint: "Set QUAYSIDE_QUAY_TOKEN to the token of Quay's API, or name a file that holds it.",
      },
    );
  }
  return checked(await valueAt(sources.store, 'Secret', { namespace, name, key }), `Secret ${namespace}/${name}`);
}

/** What could not stand in a header is no token, and would be repeated by the error that the header gives. */
function checked(text: string, source: string): Sealed {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return new Sealed(token);
  throw new TerminalError('CredentialsMissing', `${source} holds something that is no token`, {
    hint: 'A token is one word of letters and digits, as Quay shows it once when it is made.',
  });
}
