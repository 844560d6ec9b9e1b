import type { Risk } from '../change.js';
import type { OrganizationPlan } from '../organization-plan.js';

/** How much some plans come to. */
export interface Counts {
  readonly changes: number;
  /** Organizations with at least one change. */
  readonly organizations: number;
  readonly byRisk: Readonly<Record<Risk, number>>;
}

/** Counts the changes of some plans. */
export function countChanges(plans: readonly Pick<OrganizationPlan, 'changes'>[]): Counts {
  const byRisk: Record<Risk, number> = { destructive: 0, widening: 0, change: 0, additive: 0 };
  for (const { changes } of plans) for (const { risk } of changes) byRisk[risk] += 1;
  return {
    changes: plans.reduce((sum, { changes }) => sum + changes.length, 0),
    organizations: plans.filter(({ changes }) => changes.length > 0).length,
    byRisk,
  };
}

/** `1 change`, `3 changes`, `2 repositories`. */
export function several(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word.replace(/(?<![aeiou])y$/, 'ie')}s`}`;
}
