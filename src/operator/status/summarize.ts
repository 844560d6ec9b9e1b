import { type LiveOrganization } from '../watches/live-organization.js';
import { type Standing } from './integration-report.js';

/** Counts the organizations of an integration by what their status says. */
export function standingOf(organizations: readonly LiveOrganization[], integration: string): Standing {
  const ours = organizations.filter((one) => one.integration === integration && !one.deleting);
  const faults = new Map<string, { message: string; count: number }>();
  let ready = 0;
  for (const { organization, status } of ours) {
    const verdict = status.conditions?.find(({ type }) => type === 'Ready');
    if (verdict?.status === 'True') ready += 1;
    // Who has not been looked at yet has no fault.
    if (verdict?.status !== 'False' || verdict.reason === 'NamespaceGone' || verdict.reason === 'Progressing') continue;
    const known = faults.get(verdict.reason);
    if (known === undefined) faults.set(verdict.reason, { message: `${organization}: ${verdict.message}`, count: 1 });
    else known.count += 1;
  }
  const [worst] = [...faults].sort(([one, a], [other, b]) => b.count - a.count || (one < other ? -1 : 1));
  return {
    organizations: ours.length,
    ready,
    ...(worst !== undefined && { worst: { reason: worst[0], ...worst[1] } }),
  };
}
