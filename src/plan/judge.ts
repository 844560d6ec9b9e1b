import { type Action, type Ban, isPlanOnly, type Policy } from '../policy/index.js';
import type { PlannedChange } from './change.js';
import type { Skipped } from './context.js';
import { provides, requires } from './requires.js';

/** What is judged of a plan. */
interface Judged {
  readonly changes: readonly PlannedChange[];
  readonly skipped: readonly Skipped[];
}

/**
 * The plan under a policy: what it forbids is skipped, for the reason that it gives, and what cannot be done without that as
 * well. Where nothing is written at all, the changes stay, since a plan says what would be done.
 */
export function judgePlan<Plan extends Judged>(plan: Plan, policy: Policy): Plan {
  const missing = new Map<string, Ban>();
  const changes: PlannedChange[] = [];
  const skipped: Skipped[] = [];
  for (const planned of plan.changes) {
    const needed = requires(planned.change).find((need) => missing.has(need));
    const ban = banOf(policy, planned.action) ?? (needed === undefined ? undefined : missing.get(needed));
    if (ban === undefined) changes.push(planned);
    else {
      skipped.push({ what: planned.words, reason: ban.reason, message: ban.message, action: planned.action });
      for (const provided of provides(planned.change)) missing.set(provided, ban);
    }
  }
  return skipped.length === 0 ? plan : { ...plan, changes, skipped: [...plan.skipped, ...skipped] };
}

function banOf(policy: Policy, action: Action): Ban | undefined {
  const ban = policy[action];
  return ban === undefined || isPlanOnly(ban) ? undefined : ban;
}
