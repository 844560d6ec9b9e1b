import { type PatchOperation } from './patch.js';
import { type Unconcerned } from './shape.js';

/** Why a Build cannot be pointed at Quay at the moment. */
export type Pending =
  | 'StateUnknown'
  | 'Suspended'
  | 'IntegrationInvalid'
  | 'OrganizationMissing'
  | 'OrganizationStalled'
  | 'RegistryChanged'
  | 'RobotNotReady'
  | 'PullSecretNotLinked';

/** Why a Build is left as it is, whatever will happen. */
export type LeftAlone =
  | Unconcerned
  /** No integration selects its namespace. */
  | 'NotSelected'
  /** Its output is in another namespace. */
  | 'OtherNamespace'
  /** Its service account has no robot. */
  | 'NoRobot'
  | 'RobotMayNotPush';

/** Its output goes to Quay. */
export interface Rewritten {
  readonly decision: 'Rewritten';
  readonly image: string;
  readonly patch: readonly PatchOperation[];
}

/** It runs as it is; with a warning where somebody would have expected otherwise. */
export interface Unchanged {
  readonly decision: 'Unchanged';
  readonly reason: LeftAlone | Pending;
  readonly warning?: string;
}

/** It does not run. */
export interface Denied {
  readonly decision: 'Denied';
  readonly reason: Pending;
  readonly message: string;
  /** Whether the same request will work in a moment, with nobody doing anything. */
  readonly retry: boolean;
}

/** It could be rewritten if something were there that is not, or not yet. */
export interface Waiting {
  readonly decision: 'Waiting';
  readonly reason: Pending;
  /** What is not there, in words that go on after a colon. */
  readonly missing: string;
  /** Somebody has to act first, so waiting is of no use. */
  readonly stuck: boolean;
}

/** What becomes of a Build. */
export type Decision = Rewritten | Unchanged | Denied;
