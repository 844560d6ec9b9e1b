import { type QuayIntegration, type QuayOrganization, type Reason, type RobotStatus } from '../api/index.js';
import { type Failure } from '../converge/index.js';
import { type Cache, type KubeClient, type EventInput, type Repairs } from '../kube/index.js';
import { type RobotToken } from '../quay/index.js';
import { type AccountState } from './account-state.js';
import { type PullSecretState } from './pull-secret-state.js';

/** All that the pull secrets of one organization are made from. */
export interface PullSecretInput {
  readonly client: KubeClient;
  readonly organization: QuayOrganization;
  readonly integration: QuayIntegration;
  /** `host[:port]` of the registry, as it stands in the names of images. */
  readonly host: string;
  /** The current tokens, by the short names of the robots; only of an organization that is ours. */
  readonly tokens: ReadonlyMap<string, RobotToken>;
  /** Those that were in order before; undefined where nobody looked yet. */
  readonly known?: ReadonlyMap<string, RobotToken> | undefined;
  readonly secrets: Pick<Cache<PullSecretState>, 'get' | 'list' | 'synced'>;
  readonly accounts: Pick<Cache<AccountState>, 'get' | 'list' | 'synced'>;
  /** Whether a robot is in Quay with its role. */
  readonly exists: (robot: string) => boolean;
  /** Whether secrets whose robots are no longer declared may go. */
  readonly mayRemove: boolean;
  /** The namespace is going: nothing is written. */
  readonly terminating?: boolean;
  readonly recordEvent: (recordEvent: EventInput) => void;
  readonly repairs: Repairs;
}

/** What kept one robot from its pull secret or its service account. */
export interface PullSecretProblem extends Omit<Failure, 'code'> {
  /** Its short name. */
  readonly robot: string;
  /** One of the documented vocabulary. */
  readonly reason: Reason;
}

/** How far the robots are, and what stood in the way. */
export interface PullSecretOutcome {
  /** By name; only robots that declare a pull secret. */
  readonly robots: readonly RobotStatus[];
  readonly problems: readonly PullSecretProblem[];
  /** Writes that changed something in the cluster. */
  readonly writes: number;
}
