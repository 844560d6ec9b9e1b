import { type KubeClient } from '../kube/index.js';
import { certificatesIn } from './certificate.js';
import { type Configuration, type Facts } from './facts.js';
import { type CertificateOptions, serverNames } from './options.js';
import { caOf, leafOf } from './pair.js';
import { type FoundSecret, readSecret } from './secret-store.js';
import { readConfiguration } from './webhook-configuration.js';

/** What was read: the facts, and the Secrets that they were read from. */
export interface Gathered {
  readonly facts: Facts;
  /** The only access to the CA's key. */
  readonly caPair?: FoundSecret;
  readonly leaf?: FoundSecret;
}

/** Reads all that a decision needs. The CA is read only by those who create certificates. */
export async function gather(client: Pick<KubeClient, 'call'>, options: CertificateOptions): Promise<Gathered> {
  const { namespace, authoritySecret, certificateSecret, configurations, flavour } = options;
  const caPair = flavour === 'job' ? await readSecret(client, { namespace, name: authoritySecret }) : undefined;
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
    ...(caPair && { caPair }),
    ...(leaf && { leaf }),
    facts: {
      caPair: caOf(caPair?.data.get('tls.crt'), caPair?.data.get('tls.key')),
      leaf: leafOf(serverNames(options), leaf?.data.get('tls.crt'), leaf?.data.get('tls.key')),
      stored: { text: stored, certificates: certificatesIn(stored) },
      configurations: found,
      absent,
    },
  };
}
