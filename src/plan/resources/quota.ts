import { quotaBytes } from '../../api/index.js';
import type { Change } from '../change.js';
import { nothing, together, unread, type Context, type ResourcePlan, type Skipped } from '../context.js';
import { byItem, compareKeyed } from '../keyed.js';
import type { ObservedQuota } from '../observed.js';
import { managedItems } from '../managed-items.js';

/** The quota and its limits. */
export function planQuota(context: Context): ResourcePlan {
  const { spec, observed, claim } = context;
  const managedItem = managedItems.quota();
  if (observed.quota === undefined)
    return unread(context, managedItem, spec.quota === undefined ? undefined : managedItem);
  const found = observed.quota;
  const size = compareKeyed(claim, {
    declared: byItem(spec.quota === undefined ? [] : [quotaBytes(spec.quota.size)], () => managedItem),
    found: byItem(found === null ? [] : [found], () => managedItem),
    make: (bytes): Change[] => [{ type: 'SetQuota', bytes }],
    adjust: (bytes, { id, bytes: from }) =>
      bytes === from ? {} : { changes: [{ type: 'SetQuota', id, bytes, from }] },
    remove: ({ id }): Change[] => [{ type: 'DeleteQuota', id }],
  });
  const goes = size.changes.some(({ change }) => change.type === 'DeleteQuota');
  return together([size, goes ? nothing : planLimits(context, found)]);
}

/** Limits are left as they are where they cannot be changed. */
function planLimits(context: Context, quota: ObservedQuota | null): ResourcePlan {
  const plan = compareLimits(context, quota);
  if (context.offers.quotaLimits || plan.changes.length === 0) return plan;
  const items = plan.changes.flatMap(({ managedItem }) => managedItem ?? []);
  const message = 'this Quay lets only superusers with full access set limits (FEATURE_SUPERUSERS_FULL_ACCESS)';
  const skipped = items.map((what): Skipped => ({ what, reason: 'FeatureDisabled', message }));
  return { changes: [], ours: [...plan.ours, ...items.filter(context.claim.recorded)], skipped };
}

function compareLimits({ spec, claim }: Context, quota: ObservedQuota | null): ResourcePlan {
  const nameOf = (
    limit: ObservedQuota['limits'][number] | { readonly type: 'Warning' | 'Reject'; readonly percent: number },
  ): string => managedItems.quotaLimit(limit.type, limit.percent);
  return compareKeyed(claim, {
    declared: byItem(spec.quota?.limits ?? [], nameOf),
    found: byItem(quota?.limits ?? [], nameOf),
    make: ({ type: limit, percent }): Change[] => [
      { type: 'CreateQuotaLimit', limit, percent, ...(quota === null ? {} : { quotaId: quota.id }) },
    ],
    remove: ({ id, type: limit, percent }): Change[] =>
      quota === null ? [] : [{ type: 'DeleteQuotaLimit', quotaId: quota.id, id, limit, percent }],
  });
}
