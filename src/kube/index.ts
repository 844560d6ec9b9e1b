export {
  type Cluster,
  type ImageStreamState,
  type NamespaceState,
  type PullSecretRecord,
  type RegistryEntry,
  type Wanted,
} from './cluster.js';
export { clusterFromFiles, type FilesOptions } from './files/files-cluster.js';
export { clusterFromKubeconfig, kubeClient } from './from-kubeconfig.js';
export { integrationsOf, isConverted, markConverted } from './integrations.js';
export { type KubeconfigOptions } from './kubeconfig-options.js';
export { type ApiWatch, type ApiWatchOptions, watchApi } from './apis/api-watch.js';
export { type ApiResource, resourceState, type ResourceState } from './live/api-group.js';
export { clusterOver } from './live/cluster-over.js';
export { CallFailed, failure, saysGone, succeeded } from './client/answer.js';
export { type Answer, type ApiServer, type Call, type Verb } from './client/call.js';
export { type EndedCall, type KubeClient, type OpenedWatch } from './client/kube-client.js';
export { type KubeClientOptions } from './client/options.js';
export { type EventInput, regarding, type Regarding } from './events/event-book.js';
export { createEventRecorder, type EventRecorder, type RecorderOptions } from './events/recorder.js';
export { createElector, type Elector, type ElectorOptions } from './lease/elector.js';
export { type Batcher, type BatcherOptions, createBatcher } from './queue/batcher.js';
export { type Again, createQueue, type Queue, type QueueOptions, type Turn, type WorkFault } from './queue/queue.js';
export { createQueues, type Queues } from './queue/queues.js';
export { type Priority, type ScheduleCounts } from './queue/schedule.js';
export { listAll } from './live/list.js';
export { imageStreamRecord, namespaceRecord, serviceAccountRecord } from './records.js';
export { pullSecretRecord, pullSecretType } from './pull-secret.js';
export {
  listPath,
  type ObjectName,
  objectPath,
  resourceName,
  type ResourceType,
  resourceTypes,
} from './resource-type.js';
export { type Contention, type Kept } from './repairs/ledger.js';
export { contentionWords, createRepairs, type Repair, type Repairs, type RepairsOptions } from './repairs/repairs.js';
export { secretData } from './secret-data.js';
export { type SecretObject } from './secret-object.js';
export { type Cache, type Reflector, type Restart } from './watch/cache.js';
export { createGrouped, type Grouped } from './watch/index-by.js';
export { createNamedWatches, type NamedObject, type NamedWatches } from './watch/named-watches.js';
export { keyOf, keyOfObject, namespacedNameOf } from './watch/object-key.js';
export { type HandlerFault, type ReflectorOptions, type WatchRequest } from './watch/options.js';
export { type Absence, createOptionalWatch, type OptionalWatch } from './watch/optional-watch.js';
export { type EndReason } from './watch/outcome.js';
export { createReflector } from './watch/reflector.js';
export { watchObject } from './watch/watch-object.js';
export { type Applied, applyObject, type ApplyRequest, readObject } from './write/apply.js';
export { deleteObject, type Preconditions } from './write/delete-object.js';
export { addFinalizer, removeAnnotations, removeFinalizers } from './write/finalizers.js';
export { type GuardedPatch, patchGuarded } from './write/guarded-patch.js';
export { needsApply } from './write/needs-apply.js';
export { type AccountList, linkPullSecret, type PullSecretLink } from './write/pull-secret-link.js';
