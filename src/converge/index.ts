export { convergeOrganizations } from './converge.js';
export type { ChangeSet, DeletionKind, FailedChange, Held, OrganizationResult, Totals, Verdict } from './change-set.js';
export { failureOf, stopsEverything, type Failure } from './failure.js';
export type {
  ClusterFacts,
  ConvergeHooks,
  ConvergeInput,
  ConvergeProgress,
  DeletionAllowance,
  DocumentSecrets,
} from './input.js';
