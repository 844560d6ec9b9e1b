import { type BuildRecord } from './import-record.js';

/** When the namespace was connected to Quay, and what its service accounts may do there. */
export interface MissedFacts {
  /** When its `QuayOrganization` was created. */
  readonly since: string | undefined;
  /** Whether an integration selects the namespace now. */
  readonly selected: boolean;
  /** Whether the robot of a service account may push; true where that is not known. */
  readonly mayPush: (serviceAccount: string) => boolean;
  /** Whether a build into an image stream goes to Quay now. */
  readonly takes: (stream: string) => boolean;
}

const ran: ReadonlySet<string> = new Set(['Running', 'Complete', 'Failed', 'Error']);

/** Whether the Build has run, or cannot run, with an output that could have been rewritten, and was not reported. */
export function isMissed(build: BuildRecord): boolean {
  const { missed, phase = 'New' } = build;
  if (missed === undefined || missed.reported) return false;
  return ran.has(phase) || isStuck(build);
}

/** Whether it cannot run: without a registry of its own a cluster has nowhere to put what an image stream tag stands for. */
export function isStuck({ phase = 'New', phaseReason }: BuildRecord): boolean {
  return phase === 'New' && phaseReason === 'InvalidOutputReference';
}

/**
 * Whether that is worth telling. What the webhook left as it was for the time being always is,
 * but for a build into an image stream that was to have no repository, and has none. What it was not asked about is,
 * where it would have been rewritten: it is younger than the organization of its namespace, which somebody selects, and its
 * robot could have pushed. What ran before the namespace was connected ran as it should.
 */
export function shouldReport({ created, missed }: BuildRecord, facts: MissedFacts | undefined): boolean {
  if (missed === undefined) return false;
  if (missed.why === 'RepositoryNotDeclared') return facts?.takes(missed.stream) === true;
  if (missed.why !== 'NotRewritten') return true;
  // The API server writes all times in one form that sorts as text.
  if (facts?.since === undefined || created <= facts.since) return false;
  return facts.selected && facts.takes(missed.stream) && facts.mayPush(missed.serviceAccount);
}
