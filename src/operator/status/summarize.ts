import { type Condition } from '../../api/index.js';
import { concernsConnection } from '../../converge/index.js';
import { isForeignForGood, isReason, type Reason } from '../../errors/index.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type FaultSummary, type OrganizationSummary } from './integration-report.js';

/** Counts the organizations of an integration by what their status says. */
export function summarize(organizations: readonly LiveOrganization[], integration: string): OrganizationSummary {
  const ours = organizations.filter((one) => one.integration === integration && !one.deleting);
  const faults = new Map<Reason, FaultSummary>();
  let ready = 0;
  for (const { organization, status } of ours) {
    const condition = status.conditions?.find(({ type }) => type === 'Ready');
    if (condition?.status === 'True') ready += 1;
    const reason = condition && faultIn(condition);
    if (condition === undefined || reason === undefined) continue;
    const { message = `${organization}: ${condition.message}`, count = 0 } = faults.get(reason) ?? {};
    faults.set(reason, { reason, message, count: count + 1 });
  }
  return { organizations: ours.length, ready, faults: [...faults.values()].sort(bySeverity) };
}

/** How many of them are somebody else's in Quay. */
export function takenIn({ faults }: OrganizationSummary): number {
  return faults.reduce((sum, { reason, count }) => (isForeignForGood(reason) ? sum + count : sum), 0);
}

/** What the whole connection meets goes before what more organizations have. */
function bySeverity(one: FaultSummary, other: FaultSummary): number {
  const [first, second] = [one, other].map(({ reason }) => Number(concernsConnection(reason)));
  return (second ?? 0) - (first ?? 0) || other.count - one.count || (one.reason < other.reason ? -1 : 1);
}

/** An organization that was not reconciled yet has no fault; one that another version gave a reason of its own was not either. */
function faultIn({ status, reason }: Condition): Reason | undefined {
  if (status !== 'False' || !isReason(reason)) return undefined;
  return reason === 'NamespaceGone' || reason === 'Progressing' ? undefined : reason;
}
