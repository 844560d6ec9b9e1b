import { kubeClient, type KubeconfigOptions } from '../kube/index.js';
import { type OperatorLease } from './operator-at-work.js';
import { release } from './release.js';
import { type ReleaseReport } from './report.js';

/** Which cluster, which operator, and how. */
export interface ReleaseOptions extends KubeconfigOptions {
  readonly lease: OperatorLease;
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** The same for a cluster that is still to be connected to. */
export async function releaseFromKubeconfig({
  lease,
  dryRun,
  force,
  ...cluster
}: ReleaseOptions): Promise<ReleaseReport> {
  const client = await kubeClient({ ...cluster, userAgent: 'quayside-release' });
  try {
    return await release({ client, lease, dryRun, force });
  } finally {
    await client.close();
  }
}
