import { type KubeClient } from './kube-client.js';
import { type KubeClientOptions } from './options.js';

/** A connection to a live cluster. Like `clusterFromKubeconfig` it loads the client library, which takes most of a second. */
export async function kubeClient(options: KubeClientOptions = {}): Promise<KubeClient> {
  const { openKubeClient } = await import('./open.js');
  return openKubeClient(options);
}
