import { type LiveOrganization } from '../watches/live-organization.js';
import { type OrganizationSummary } from './integration-report.js';

/** Counts the organizations of an integration by what their status says. */
export function summarize(organizations: readonly LiveOrganization[], integration: string): OrganizationSummary {
  const ours = organizations.filter((one) => one.integration === integration && !one.deleting);
  const faults = new Map<string, { message: string; count: number }>();
  let ready = 0;
  for (const { organization, status } of ours) {
    const readyCondition = status.conditions?.find(({ type }) => type === 'Ready');
    if (readyCondition?.status === 'True') ready += 1;
    // An organization that was not reconciled yet has no fault.
    if (
      readyCondition?.status !== 'False' ||
      readyCondition.reason === 'NamespaceGone' ||
      readyCondition.reason === 'Progressing'
    )
      continue;
    const known = faults.get(readyCondition.reason);
    if (known === undefined)
      faults.set(readyCondition.reason, { message: `${organization}: ${readyCondition.message}`, count: 1 });
    else known.count += 1;
  }
  const [worst] = [...faults].sort(([one, a], [other, b]) => b.count - a.count || (one < other ? -1 : 1));
  return {
    organizations: ours.length,
    ready,
    ...(worst !== undefined && { worst: { reason: worst[0], ...worst[1] } }),
  };
}
