import { type Reason } from '../errors/index.js';

/**
 * What a change does, in every plan and report. `create` makes something; `change` corrects something that is there; `remove`
 * takes away what is no longer declared and can be made again; `delete` destroys what cannot be had back.
 */
export type Action = 'create' | 'change' | 'remove' | 'delete';

/** Why an action must not be taken. */
export interface Ban {
  readonly reason: Reason;
  /** A clause for a person: `its integration is suspended`. */
  readonly message: string;
}

/** What may be done. An action that has no ban may be taken. */
export type Policy = Readonly<Partial<Record<Action, Ban>>>;

/** Nothing is forbidden. */
export const everythingAllowed: Policy = {};

/** What is missing is made, and what differs is corrected; nothing goes. */
export function onlyGrow(ban: Ban): Policy {
  return { remove: ban, delete: ban };
}

/** All but what cannot be had back. */
export function noDeletion(ban: Ban): Policy {
  return { delete: ban };
}

/** Nothing is written: what would be done is a plan. */
export function planOnly(ban: Ban & { readonly reason: 'DryRun' | 'Suspended' }): Policy {
  return { create: ban, change: ban, remove: ban, delete: ban };
}

/** What any of the policies forbids, for the reason of the first that does. */
export function strictest(...policies: readonly Policy[]): Policy {
  return policies.reduceRight<Policy>((all, policy) => ({ ...all, ...policy }), everythingAllowed);
}

/** Whether a ban keeps a change in the plan, as what would be done, rather than out of it. */
export function isPlanOnly({ reason }: Ban): boolean {
  return reason === 'DryRun' || reason === 'Suspended';
}
