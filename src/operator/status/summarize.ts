import { type Condition } from '../../api/index.js';
import { isReason, type Reason } from '../../errors/index.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type OrganizationSummary } from './integration-report.js';

/** Counts the organizations of an integration by what their status says. */
export function summarize(organizations: readonly LiveOrganization[], integration: string): OrganizationSummary {
  const ours = organizations.filter((one) => one.integration === integration && !one.deleting);
  const faults = new Map<Reason, { message: string; count: number }>();
  let ready = 0;
  for (const { organization, status } of ours) {
    const condition = status.conditions?.find(({ type }) => type === 'Ready');
    if (condition?.status === 'True') ready += 1;
    const reason = condition && faultIn(condition);
    if (condition === undefined || reason === undefined) continue;
    const known = faults.get(reason);
    if (known === undefined) faults.set(reason, { message: `${organization}: ${condition.message}`, count: 1 });
    else known.count += 1;
  }
  const [worst] = [...faults].sort(([one, a], [other, b]) => b.count - a.count || (one < other ? -1 : 1));
  return {
    organizations: ours.length,
    ready,
    ...(worst !== undefined && { worst: { reason: worst[0], ...worst[1] } }),
  };
}

/** An organization that was not reconciled yet has no fault; one that another version gave a reason of its own was not either. */
function faultIn({ status, reason }: Condition): Reason | undefined {
  if (status !== 'False' || !isReason(reason)) return undefined;
  return reason === 'NamespaceGone' || reason === 'Progressing' ? undefined : reason;
}
