import { type KubeClient } from './client/kube-client.js';
import { type KubeClientOptions } from './client/options.js';
import { type Cluster } from './cluster.js';
import { type KubeconfigOptions } from './kubeconfig-options.js';

// The client library takes most of a second to load, so only who calls one of these pays for it.

/** A live cluster. */
export async function clusterFromKubeconfig(options: KubeconfigOptions = {}): Promise<Cluster> {
  const { liveCluster } = await import('./live/live-cluster.js');
  return liveCluster(options);
}

/** A connection to a live cluster. */
export async function kubeClient(options: KubeClientOptions = {}): Promise<KubeClient> {
  const { openKubeClient } = await import('./client/open.js');
  return openKubeClient(options);
}
