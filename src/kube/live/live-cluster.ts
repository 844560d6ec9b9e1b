import { type Cluster } from '../cluster.js';
import { apiServer } from '../client/api-server.js';
import { sender } from '../client/send.js';
import { type KubeconfigOptions } from '../kubeconfig-options.js';
import { clusterOver } from './cluster-over.js';
import { loadKubeconfig } from './load-kubeconfig.js';

/** Opens the cluster of a kubeconfig; nothing is asked before the first question. */
export function liveCluster(options: KubeconfigOptions): Cluster {
  const { config, server } = loadKubeconfig(options);
  const call = apiServer(sender({ config, server, userAgent: 'quayside' }), server);
  const proxy = config.ownProxy();
  const cluster = clusterOver({ call, server }, { uid: options.uid, close: () => config.close() });
  return proxy === undefined ? cluster : { ...cluster, proxy };
}
