import { oneLine } from '../../text/index.js';
import type { PlannedChange, Risk } from '../change.js';
import type { OrganizationPlan } from '../organization-plan.js';
import { risksBySeverity } from '../risk.js';
import { countChanges, several } from './counts.js';

const signs: Readonly<Record<Risk, string>> = { additive: '+', change: '~', widening: '>', destructive: '-' };

/** The lines of one plan; `outcome` says behind a change what came of it. */
export function describePlan(
  { changes, skipped, notes }: OrganizationPlan,
  outcome: (change: PlannedChange) => string = () => '',
): readonly string[] {
  const lines = [
    ...changes.map((change) => `  ${signs[change.risk]} ${change.words}${outcome(change)}`),
    ...skipped.map(({ what, message }) => `  . skipped: ${what}: ${message}`),
    ...notes.map((note) => `  . ${note}`),
  ];
  return lines.map(oneLine);
}

/** The sum of some plans in one line. */
export function summarize(plans: readonly Pick<OrganizationPlan, 'changes'>[]): string {
  const { changes, organizations, byRisk } = countChanges(plans);
  if (changes === 0) return 'Nothing to do.';
  const parts = risksBySeverity.filter((risk) => byRisk[risk] > 0).map((risk) => `${byRisk[risk]} ${risk}`);
  return `${several(changes, 'change')} in ${several(organizations, 'organization')}: ${parts.join(', ')}.`;
}
