import { type ClusterSnapshot, type QuayIntegration } from '../api/index.js';
import { type NamespaceSelector } from '../integration/index.js';
import { type Cluster } from '../kube/index.js';
import { type ClusterId } from '../names/index.js';

/** The two ends that every pass starts from: a cluster, and the integration that connects it. */
export interface Inputs {
  readonly cluster: Cluster;
  readonly integration: QuayIntegration;
  readonly id: ClusterId;
}

/** A cluster whose identity is known, with what was read of it. */
export interface KnownCluster {
  readonly snapshot: ClusterSnapshot & { readonly uid: string };
  /** All integrations of the cluster, the chosen one included. */
  readonly selectors: readonly NamespaceSelector[];
  /** Whether there is no other one. A dump may have been made without them. */
  readonly allIntegrationsKnown: boolean;
  /** Namespace → the integration that has it by the objects of the cluster, where those are known. */
  readonly currentOwners?: ReadonlyMap<string, string>;
  /** Whether nothing may be taken away, because another installation has the same identity. */
  readonly nothingGoes?: boolean;
}
