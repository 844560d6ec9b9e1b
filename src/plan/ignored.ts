import type { PlannedChange } from './change.js';
import type { Skipped } from './context.js';
import type { OrganizationPlan } from './organization-plan.js';

/** A plan without the changes that Quay answers as done and does not make; it says which. */
export function withoutIgnored(
  plan: OrganizationPlan,
  isIgnored: (planned: PlannedChange) => boolean,
): OrganizationPlan {
  const ignored = plan.changes.filter(isIgnored);
  if (ignored.length === 0) return plan;
  const told = ignored.map(({ words }): Skipped => ({
    what: words,
    reason: 'QuayIgnored',
    message: 'Quay answers that this is done, and leaves it as it was',
  }));
  return {
    ...plan,
    changes: plan.changes.filter((planned) => !ignored.includes(planned)),
    skipped: [...plan.skipped, ...told],
  };
}
