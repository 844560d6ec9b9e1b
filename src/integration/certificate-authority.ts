import { X509Certificate } from 'node:crypto';
import { type QuayIntegration } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { textOfFile } from './read-file.js';
import { type SecretStore, valueAt } from './secret-value.js';

const code = 'CertificateAuthorityInvalid';

/** Where the certificate authority may come from, the first that is given. */
export interface AuthoritySources {
  readonly file?: string | undefined;
  readonly store?: SecretStore | undefined;
}

/** The certificates to trust beside those of the system; `undefined` when the integration names none. */
export async function certificateAuthority(
  { spec }: QuayIntegration,
  sources: AuthoritySources,
): Promise<string | undefined> {
  if (sources.file !== undefined) return certificates(await textOfFile(sources.file, code), sources.file);
  const { configMap, secret } = spec.certificateAuthority ?? {};
  const ref = configMap ?? secret;
  if (ref === undefined) return undefined;
  const kind = configMap === undefined ? 'Secret' : 'ConfigMap';
  const what = `${kind} ${ref.namespace}/${ref.name}`;
  if (sources.store === undefined) {
    throw new TerminalError(code, `the ${what} is in the cluster, which is not read`, {
      hint: 'Name a file that holds the certificates.',
    });
  }
  return certificates(await valueAt(sources.store, kind, ref, code), what);
}

/** Only the certificates of a PEM text, each of them checked: a private key beside them goes no further. */
export function certificates(text: string, source: string): string {
  const blocks =
    text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    throw new TerminalError(code, `${source} holds no PEM certificate`, {
      hint: 'It must begin with -----BEGIN CERTIFICATE-----.',
    });
  }
  blocks.forEach((block, index) => {
    try {
      new X509Certificate(block);
    } catch (cause) {
      throw new TerminalError(code, `certificate ${index + 1} in ${source} cannot be read`, { cause });
    }
  });
  return `${blocks.join('\n')}\n`;
}
