import { type Cluster, type KubeClient, type EventInput, type Repairs } from '../kube/index.js';
import { type Log, type Metrics } from '../process/index.js';
import { type Locks } from './locks.js';
import { type OwnershipKeeper } from './ownership-keys.js';
import { type Settings } from './settings.js';
import { type WatchedCluster } from './watches/watched-cluster.js';
import { type Watches } from './watches/watches.js';

/** What all controllers share. */
export interface Operator {
  readonly client: KubeClient;
  readonly watches: Watches;
  readonly cluster: WatchedCluster;
  /** For the stages that read a cluster. */
  readonly live: Cluster;
  /** Held by who writes to an organization in Quay (`organization NAME`) or to a branch (`branch NAME`). */
  readonly locks: Locks;
  readonly recordEvent: (recordEvent: EventInput) => void;
  /** Everything that is put right when somebody else undoes it. */
  readonly repairs: Repairs;
  /** The keys that ownership is signed with. */
  readonly ownership: OwnershipKeeper;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly settings: Settings;
  /** The term as leader is over: nothing more may be written. */
  readonly signal: AbortSignal;
}
