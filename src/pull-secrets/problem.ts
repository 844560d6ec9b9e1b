import { failureOf } from '../converge/index.js';
import { type PullSecretProblem } from './input.js';

/** What failed for a robot, as plain data; a fault of our own is thrown on. */
export function problemOf(robot: string, error: unknown): PullSecretProblem {
  const { code: reason, ...failure } = failureOf(error);
  return { robot, reason, ...failure };
}
