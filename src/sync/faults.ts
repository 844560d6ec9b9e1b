import { describeError, type Problem, QuaysideError, type Reason, RefusedError } from '../errors/index.js';
import { CallFailed } from '../kube/index.js';
import { objectWords } from './sync-object.js';

/** Terminal answers that are about the object, and not about the API server: its kind is gone, or its namespace. */
const ofObject: ReadonlySet<Reason> = new Set([
  'ClusterAnswerUnexpected',
  'NamespaceGone',
  'QuotaExceeded',
  'RefusedByPolicy',
]);

/** Errors told apart by whose they are. */
export interface Faults {
  /** Objects that could not be written, in the order of their names, where others could. */
  readonly refused: readonly Problem[];
  /** What concerns more than an object. */
  readonly faults: readonly unknown[];
  /** Whether it is worth to try again soon what failed with some objects. */
  readonly isTransient: boolean;
}

/**
 * Whose the errors are. A call that failed at one object is that object's fault where others could be written, or it is the
 * only one; it is everybody's when none could be.
 */
export function judgeFaults(errors: ReadonlyMap<string, unknown>, attempts: number): Faults {
  const all = [...errors];
  const refused = all.filter(([, error]) => isOfObject(error));
  const failing = all.filter(([, error]) => error instanceof CallFailed);
  const others = all.filter(([, error]) => !isOfObject(error) && !(error instanceof CallFailed));
  const isOfSome = failing.length + others.length < attempts || attempts === 1;
  const told = [...refused, ...(isOfSome ? failing : [])].map(([key, error]): [string, string] => [
    objectWords(key),
    error instanceof RefusedError ? error.message : describeError(error),
  ]);
  return {
    refused: told
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([source, message]) => ({ path: '', source, message })),
    faults: [...others, ...(isOfSome ? [] : failing)].map(([, error]) => error),
    isTransient: isOfSome && failing.length > 0,
  };
}

function isOfObject(error: unknown): boolean {
  return (
    error instanceof RefusedError || (error instanceof QuaysideError && !error.retryable && ofObject.has(error.code))
  );
}
