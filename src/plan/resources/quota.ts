import { quotaBytes } from '../../api/index.js';
import type { Change } from '../change.js';
import { nothing, together, unread, type Context, type FamilyPlan } from '../context.js';
import { byThing, compareKeyed } from '../keyed.js';
import type { ObservedQuota } from '../observed.js';
import { things } from '../managed-items.js';

/** The quota and its limits. */
export function planQuota(context: Context): FamilyPlan {
  const { spec, observed, claim } = context;
  const thing = things.quota();
  if (observed.quota === undefined) return unread(context, thing, spec.quota === undefined ? undefined : thing);
  const found = observed.quota;
  const size = compareKeyed(claim, {
    stated: byThing(spec.quota === undefined ? [] : [quotaBytes(spec.quota.size)], () => thing),
    found: byThing(found === null ? [] : [found], () => thing),
    make: (bytes): Change[] => [{ type: 'SetQuota', bytes }],
    adjust: (bytes, { id, bytes: from }) =>
      bytes === from ? {} : { changes: [{ type: 'SetQuota', id, bytes, from }] },
    remove: ({ id }): Change[] => [{ type: 'DeleteQuota', id }],
  });
  const goes = size.changes.some(({ change }) => change.type === 'DeleteQuota');
  return together([size, goes ? nothing : planLimits(context, found)]);
}

function planLimits({ spec, claim }: Context, quota: ObservedQuota | null): FamilyPlan {
  const nameOf = (
    limit: ObservedQuota['limits'][number] | { readonly type: 'Warning' | 'Reject'; readonly percent: number },
  ): string => things.quotaLimit(limit.type, limit.percent);
  return compareKeyed(claim, {
    stated: byThing(spec.quota?.limits ?? [], nameOf),
    found: byThing(quota?.limits ?? [], nameOf),
    make: ({ type: limit, percent }): Change[] => [
      { type: 'CreateQuotaLimit', limit, percent, ...(quota === null ? {} : { quotaId: quota.id }) },
    ],
    remove: ({ id, type: limit, percent }): Change[] =>
      quota === null ? [] : [{ type: 'DeleteQuotaLimit', quotaId: quota.id, id, limit, percent }],
  });
}
