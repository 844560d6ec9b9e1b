export {
  type Cluster,
  type ImageStreamState,
  type NamespaceState,
  type PullSecretRecord,
  type RegistryEntry,
} from './cluster.js';
export { clusterFromFiles, type FilesOptions } from './files/files-cluster.js';
export { clusterFromKubeconfig } from './from-kubeconfig.js';
export { isConverted } from './integrations.js';
export { type KubeconfigOptions } from './kubeconfig-options.js';
