import { type Reason } from '../api/index.js';

/** Whether a namespace is in, and if not, why: the reason goes to conditions and reports as it is. */
export type SelectionDecision = { readonly selected: true } | Refusal;

/** Why a namespace is left out. */
export interface Refusal {
  readonly selected: false;
  readonly reason: Reason;
  readonly message: string;
}

/** The namespace is in. */
export const selected: SelectionDecision = { selected: true };

/** The namespace is out. */
export function refused(reason: Reason, message: string): Refusal {
  return { selected: false, reason, message };
}
