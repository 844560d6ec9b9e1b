import { quayDurationSeconds } from '../../api/index.js';
import type { Context, ResourcePlan } from '../context.js';
import { planned } from '../planned.js';

/** The plain values of the organization itself. */
export function planValues({ spec, observed }: Context): ResourcePlan {
  const wanted = spec.tagExpiration === undefined ? undefined : quayDurationSeconds(spec.tagExpiration);
  const values = {
    ...(spec.email === undefined || spec.email === observed.email ? {} : { email: spec.email }),
    ...(wanted === undefined || wanted === observed.tagExpirationSeconds ? {} : { tagExpirationSeconds: wanted }),
  };
  const changes = Object.keys(values).length === 0 ? [] : [planned({ type: 'UpdateOrganization', ...values })];
  return { changes, ours: [], skipped: [] };
}
