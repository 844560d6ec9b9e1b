import { type ComponentKind } from '../api/index.js';
import { type Problem } from '../errors/index.js';

/** What is wrong with a registry, as a value: never thrown, and all of them at once. */
export interface Fault extends Problem {
  /** `error`: nothing is applied while it stands. `warning`: the registry works, though perhaps not as meant. */
  readonly severity: 'error' | 'warning';
  /** The condition's reason, one that the Quay Operator gives for the same fault where it knows it. */
  readonly reason: FaultReason;
  /** The object that has to change: `QuayRegistry/production`, `Secret/bundle`, `ConfigMap/production-cluster-trusted-ca`. */
  readonly object: string;
  /** The component whose condition shows it, where one does. */
  readonly component?: ComponentKind;
  /** The key of config.yaml that is lacking, where the fault says no more than that; taken out before anybody reads it. */
  readonly lacking?: string;
}

/** Reasons of the condition `RolloutBlocked`, as the Quay Operator names them, and those that it lacks. */
export type FaultReason =
  | 'ConfigInvalid'
  | 'ComponentOverrideInvalid'
  | 'ComponentCreationFailed'
  | 'ObjectStorageComponentDependencyError'
  | 'RouteComponentDependencyError'
  | 'MonitoringComponentDependencyError'
  | 'OptionsInvalid'
  | 'KeysLost'
  | 'Unknown';

/** A fault before it is said which object has it. */
export type FaultText = Pick<Fault, 'path' | 'message'> & Partial<Fault>;

/** Makes the faults of one object: an error with `ConfigInvalid`, unless the text says something else. */
export function faultsOf(object: string, reason: FaultReason = 'ConfigInvalid') {
  return (text: FaultText): Fault => ({ severity: 'error', reason, object, ...text });
}
