import { type QuayIntegrationSpec } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { quayAddress } from '../names/index.js';

/** Where the calls of an integration go: without TLS only where the integration agrees to that. */
export function quayUrl({
  quayHostname,
  insecureRegistry,
}: Pick<QuayIntegrationSpec, 'quayHostname' | 'insecureRegistry'>): string {
  const { url, host } = quayAddress(quayHostname);
  if (url.startsWith('https:') || insecureRegistry) return url;
  throw new TerminalError(
    'InvalidHostname',
    `quayHostname http://${host} would get the token as plain text, and insecureRegistry is not true`,
    { hint: `Write https://${host}, or allow it with insecureRegistry: true.` },
  );
}
