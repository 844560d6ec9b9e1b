import { type Cluster } from './cluster.js';
import { type KubeconfigOptions } from './kubeconfig-options.js';

/** A live cluster. The client library takes most of a second to load, so only who calls this pays for it. */
export async function clusterFromKubeconfig(options: KubeconfigOptions = {}): Promise<Cluster> {
  const { liveCluster } = await import('./live/live-cluster.js');
  return liveCluster(options);
}
