import { type AdmissionFailurePolicy } from '../api/index.js';
import { type Denied, type Unchanged, type Waiting } from './decision.js';
import { type Situation } from './situation.js';
import { warning } from './warning.js';

/** How long provisioning may take before a Build runs without it, in milliseconds. */
const young = 120_000;

/** What a Build that waits can lean on when its time is up. */
export interface SettleOptions {
  readonly situation: Situation;
  readonly failurePolicy: AdmissionFailurePolicy;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What becomes of a Build that can wait no longer: denied where a retry will work, since its namespace is new and its
 * integration in order, and under `Fail`; else it runs as it is.
 */
export function settle({ reason, missing, stuck }: Waiting, options: SettleOptions): Denied | Unchanged {
  const retry = !stuck && soon(options);
  const not = `Not pushed to Quay: ${missing}`;
  if (retry) return { decision: 'Denied', reason, message: warning(`${not}. Try again in a moment.`), retry };
  if (options.failurePolicy === 'Fail') {
    return { decision: 'Denied', reason, message: warning(`${not}, and the failure policy is Fail.`), retry: !stuck };
  }
  return { decision: 'Unchanged', reason, warning: warning(`${not}.`) };
}

function soon({ situation: { namespace, integration }, now }: SettleOptions): boolean {
  if (namespace?.created === undefined || integration?.ready !== true) return false;
  // A namespace from the future tells of a clock that is wrong, and of no age.
  return !integration.suspended && Math.abs(now - namespace.created) < young;
}
