import { type KubeClient } from '../kube/index.js';
import { certificatesIn } from './certificate.js';
import { type Configuration, type Facts } from './facts.js';
import { type CertificateOptions, serverNames } from './options.js';
import { authorityOf, leafOf } from './pair.js';
import { type FoundSecret, readSecret } from './secret-store.js';
import { readConfiguration } from './webhook-configuration.js';

/** What was read: the facts, and the Secrets that they were read from. */
export interface Gathered {
  readonly facts: Facts;
  /** The only way to the authority's key. */
  readonly authority?: FoundSecret;
  readonly leaf?: FoundSecret;
}

/** Reads all that a decision needs. The authority is read only by those who make certificates. */
export async function gather(client: Pick<KubeClient, 'call'>, options: CertificateOptions): Promise<Gathered> {
  const { namespace, authoritySecret, certificateSecret, configurations, flavour } = options;
  const authority = flavour === 'job' ? await readSecret(client, { namespace, name: authoritySecret }) : undefined;
  const leaf = await readSecret(client, { namespace, name: certificateSecret });
  const found: Configuration[] = [];
  const absent: string[] = [];
  for (const name of configurations) {
    const one = await readConfiguration(client, name);
    if (one === undefined) absent.push(name);
    else found.push(one);
  }
  const stored = leaf?.data.get('ca.crt') ?? '';
  return {
    ...(authority && { authority }),
    ...(leaf && { leaf }),
    facts: {
      authority: authorityOf(authority?.data.get('tls.crt'), authority?.data.get('tls.key')),
      leaf: leafOf(serverNames(options), leaf?.data.get('tls.crt'), leaf?.data.get('tls.key')),
      stored: { text: stored, certificates: certificatesIn(stored) },
      configurations: found,
      absent,
    },
  };
}
