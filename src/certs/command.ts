import { type KubeClient, kubeClient, type KubeconfigOptions } from '../kube/index.js';
import { type CertificateOutcome, ensureCertificates, type Patience, planCertificates } from './ensure.js';
import { type CertificateOptions } from './options.js';

/** Which cluster, which certificates, and whether to write. */
export interface CertificateErrand extends KubeconfigOptions, Patience {
  readonly certificates: CertificateOptions;
  readonly dryRun?: boolean;
}

/** What `quayside certs` does: one connection, one errand. */
export async function runErrand({ certificates, dryRun, ...more }: CertificateErrand): Promise<CertificateOutcome> {
  const { kubeconfig, context, inCluster, environment, ...patience } = more;
  const client: KubeClient = await kubeClient({
    userAgent: 'quayside-certs',
    ...(environment !== undefined && { environment }),
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    ...(inCluster !== undefined && { inCluster }),
  });
  try {
    return dryRun === true
      ? await planCertificates(client, certificates, patience)
      : await ensureCertificates(client, certificates, patience);
  } finally {
    await client.close();
  }
}
