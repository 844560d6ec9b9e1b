import { type Contention, contentionWords, regarding, type Repair, type Repairs } from '../../kube/index.js';
import { reconcilingConditions } from '../status/conditions.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type ReconcileDecision } from '../status/organization-conditions.js';

/** A verdict that all is well, unless somebody undoes what was written: then that is what there is to say. */
export function orContended(decision: ReconcileDecision, contentions: readonly Contention[]): ReconcileDecision {
  if (standingIn(decision) === undefined || contentions.length === 0) return decision;
  return { ...decision, newConditions: reconcilingConditions('Contended', contentionWords(contentions)) };
}

/** What a verdict says of one with which all is well. */
export function standingIn({ newConditions }: ReconcileDecision): string | undefined {
  return newConditions.find(({ type, status }) => type === 'Ready' && status === 'True')?.message;
}

/** All that an organization holds in Quay, as something that is kept. Whatever differs there is found by one look. */
export function quayRepair(live: Pick<LiveOrganization, 'name' | 'uid' | 'organization'>): Omit<Repair, 'content'> {
  return {
    owner: live.name,
    kind: 'Quay',
    what: `the organization ${live.organization} in Quay`,
    wasInPlace: true,
    regarding: regarding(live),
  };
}

/** Notes what was put right in Quay. The next sweep that comes too soon after it passes the organization by. */
export function noteDrift(repairs: Repairs, live: LiveOrganization, drift: readonly string[]): void {
  if (drift.length === 0) return;
  const content = drift.join('; ');
  repairs.note(
    { ...quayRepair(live), content },
    `somebody in Quay, or something that writes there, makes us ${content}`,
  );
}
