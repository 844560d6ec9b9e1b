import { type PatchStep } from '../json/index.js';
import { type Unconcerned } from './shape.js';

/** Why a Build is not pointed at Quay at the moment, although it would be at another time. */
export type Pending =
  | 'StateUnknown'
  | 'Suspended'
  | 'IntegrationInvalid'
  | 'IntegrationNotReady'
  | 'NotReviewed'
  | 'RepositoryNotDeclared'
  | 'OrganizationStalled'
  | 'RegistryChanged';

/** Why a Build is never rewritten. */
export type NotRewritable =
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
  readonly patch: readonly PatchStep[];
}

/** It runs as it is; with a warning where somebody would have expected otherwise. */
export interface Unchanged {
  readonly decision: 'Unchanged';
  readonly reason: NotRewritable | Pending;
  readonly warning?: string;
  /** Writes the decision down on the Build, and changes nothing else. */
  readonly patch?: readonly PatchStep[];
}

/** What becomes of a Build. None is ever denied: whatever started it would not start it again. */
export type Decision = Rewritten | Unchanged;

const pending: Readonly<Record<Pending, true>> = {
  StateUnknown: true,
  Suspended: true,
  IntegrationInvalid: true,
  IntegrationNotReady: true,
  NotReviewed: true,
  RepositoryNotDeclared: true,
  OrganizationStalled: true,
  RegistryChanged: true,
};

/** Whether a Build with this reason would have been pointed at Quay at another time. */
export function isPending(reason: string): reason is Pending {
  return Object.hasOwn(pending, reason);
}
