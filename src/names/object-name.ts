import { type ClusterId } from './cluster-id.js';
import { kubernetesName } from './kubernetes-name.js';

/** Namespace → name of its QuayOrganization: `<clusterID>.<namespace>`. */
export function objectName(id: ClusterId, namespace: string): string {
  return `${kubernetesName(id, 63)}.${namespace}`;
}
