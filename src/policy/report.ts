import { type Reason } from '../errors/index.js';
import { type Action } from './policy.js';

/**
 * What became of a change: `Done`; `Skipped` by the policy, or since the object is somebody else's; `Waiting` for something else
 * first; `Failed`; `Planned` where nothing is written.
 */
export type Outcome = 'Done' | 'Skipped' | 'Waiting' | 'Failed' | 'Planned';

/** One change to one object of any kind, as every status, JSON and text tells it. */
export interface Report {
  /** `ConfigMap shop/settings`. */
  readonly object: string;
  readonly action: Action;
  readonly outcome: Outcome;
  /** Why it was not done. */
  readonly reason?: Reason;
  readonly message?: string;
}

/** The report as a line: `create ConfigMap shop/settings: done`. */
export function describeReport({ object, action, outcome, reason, message }: Report): string {
  const why = [reason, message].filter((part) => part !== undefined).join(': ');
  return `${action} ${object}: ${outcome.toLowerCase()}${why === '' ? '' : ` (${why})`}`;
}
