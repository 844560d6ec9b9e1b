import { type BuildRecord } from './import-record.js';

/** When the namespace was connected to Quay, and what its service accounts may do there. */
export interface MissedFacts {
  /** When its `QuayOrganization` was created. */
  readonly since: string | undefined;
  /** Whether the robot of a service account may push; true where that is not known. */
  readonly mayPush: (serviceAccount: string) => boolean;
}

const ran: ReadonlySet<string> = new Set(['Running', 'Complete', 'Failed', 'Error']);

/** Whether the Build has run, or cannot run, with an output that could have been pointed at Quay, and nobody was told. */
export function isMissed({ missed, phase = 'New', phaseReason }: BuildRecord): boolean {
  if (missed === undefined || missed.told) return false;
  // Without a registry of its own a cluster has nowhere to put what an image stream tag stands for.
  return ran.has(phase) || (phase === 'New' && phaseReason === 'InvalidOutputReference');
}

/**
 * Whether that is worth telling: it is younger than the organization of its namespace, and its robot could have pushed. What
 * ran before the namespace was connected ran as it should.
 */
export function shouldTell({ created, missed }: BuildRecord, { since, mayPush }: MissedFacts): boolean {
  // The API server writes all times in one form that sorts as text.
  if (missed === undefined || since === undefined || created <= since) return false;
  return missed.pushSecret || mayPush(missed.serviceAccount);
}
