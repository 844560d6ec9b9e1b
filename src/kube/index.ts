export {
  type Cluster,
  type ImageStreamState,
  type NamespaceState,
  type PullSecretRecord,
  type RegistryEntry,
} from './cluster.js';
export { clusterFromFiles, type FilesOptions } from './files/files-cluster.js';
export { Sealed } from './sealed.js';
