import { type ClusterSnapshot, type QuayIntegration } from '../api/index.js';
import { type Claimant } from '../integration/index.js';
import { type Cluster } from '../kube/index.js';
import { type ClusterId } from '../names/index.js';

/** The two ends that every pass starts from: a cluster, and the integration that connects it. */
export interface Ends {
  readonly cluster: Cluster;
  readonly integration: QuayIntegration;
  readonly id: ClusterId;
}

/** A cluster whose identity is known, with what was read of it. */
export interface KnownCluster {
  readonly snapshot: ClusterSnapshot & { readonly uid: string };
  /** All integrations of the cluster, and the chosen one. */
  readonly claimants: readonly Claimant[];
  /** Whether there is no other one. A dump may have been made without them. */
  readonly allIntegrationsKnown: boolean;
  /** Namespace → the integration that has it by the objects of the cluster, where those are known. */
  readonly incumbents?: ReadonlyMap<string, string>;
}
