export { convergeOrganizations, convergeWithTokens, type Converged } from './converge.js';
export { isDeleted } from './change-set.js';
export type {
  ChangeSet,
  DeletionKind,
  FailedChange,
  Held,
  OrganizationResult,
  Totals,
  OrganizationDecision,
} from './change-set.js';
export { clusterFacts, lookup, type SeenNamespace } from './cluster-facts.js';
export { findSignedMark } from './find-signed-mark.js';
export { readOwners } from './own.js';
export { type QuayReport, reportsOf } from './reports.js';
export { checkInventory } from './remembered.js';
export { mergeInventories } from './seal.js';
export { previousCluster, retention } from './retained.js';
export { anyFailureOf, concernsConnection, failureOf, stopsEverything, type Failure } from './failure.js';
export type {
  ClusterFacts,
  ConvergeHooks,
  ConvergeInput,
  ConvergeProgress,
  DeletionAllowance,
  DocumentSecrets,
  WriteIntent,
} from './input.js';
