import type { Risk } from '../change.js';
import type { OrganizationPlan } from '../organization-plan.js';
import { risksBySeverity } from '../risk.js';
import { countChanges, several } from './counts.js';

const signs: Readonly<Record<Risk, string>> = { additive: '+', change: '~', widening: '>', destructive: '-' };

/** Some plans for a terminal: every organization with something to say, its changes in order, then the sum. */
export function describePlans(plans: readonly OrganizationPlan[]): string {
  const blocks = plans.filter(hasSomethingToSay).map(describePlan);
  return `${[...blocks, summarize(plans)].join('\n\n')}\n`;
}

const hasSomethingToSay = ({ changes, skipped, notes }: OrganizationPlan): boolean =>
  changes.length + skipped.length + notes.length > 0;

function describePlan({ organization, namespace, changes, skipped, notes }: OrganizationPlan): string {
  return [
    namespace === undefined ? organization : `${organization} (namespace ${namespace})`,
    ...changes.map(({ risk, words }) => `  ${signs[risk]} ${words}`),
    ...skipped.map(({ what, message }) => `  . left alone: ${what}: ${message}`),
    ...notes.map((note) => `  . ${note}`),
  ].join('\n');
}

/** The sum of some plans in one line. */
export function summarize(plans: readonly Pick<OrganizationPlan, 'changes'>[]): string {
  const { changes, organizations, byRisk } = countChanges(plans);
  if (changes === 0) return 'Nothing to do.';
  const parts = risksBySeverity.filter((risk) => byRisk[risk] > 0).map((risk) => `${byRisk[risk]} ${risk}`);
  return `${several(changes, 'change')} in ${several(organizations, 'organization')}: ${parts.join(', ')}.`;
}
