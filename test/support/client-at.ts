import { openKubeClient } from '../../src/kube/client/open.js';
import { type KubeClient } from '../../src/kube/client/kube-client.js';

/** A client for a kubeconfig, and a name for the audit log. */
export function clientAt(kubeconfig: string, userAgent = 'kube-test'): KubeClient {
  return openKubeClient({ kubeconfig, userAgent });
}
