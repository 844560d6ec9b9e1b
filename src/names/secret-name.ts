import { type ClusterId } from './cluster-id.js';
import { kubernetesName } from './kubernetes-name.js';

/** Service account → name of its pull secret: `<service account>-quay-<clusterID>`. */
export function secretName(serviceAccount: string, id: ClusterId): string {
  return kubernetesName(`${serviceAccount}-quay-${id}`, 253);
}
