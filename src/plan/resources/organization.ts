import { quayDurationSeconds } from '../../api/index.js';
import type { Context, ResourcePlan, Skipped } from '../context.js';
import { planned } from '../planned.js';
import { durationText } from '../quantities.js';

/** The plain values of the organization itself. */
export function planValues(context: Context): ResourcePlan {
  const { spec, observed } = context;
  const wanted = spec.tagExpiration === undefined ? undefined : quayDurationSeconds(spec.tagExpiration);
  const differs = wanted !== undefined && wanted !== observed.tagExpirationSeconds;
  const unfit = differs ? unfitExpiry(context, wanted) : undefined;
  const values = {
    ...(spec.email === undefined || spec.email === observed.email ? {} : { email: spec.email }),
    ...(differs && unfit === undefined ? { tagExpirationSeconds: wanted } : {}),
  };
  const changes = Object.keys(values).length === 0 ? [] : [planned({ type: 'UpdateOrganization', ...values })];
  return { changes, ours: [], skipped: unfit === undefined ? [] : [unfit] };
}

/** Why Quay would not take an expiry of deleted tags: it ignores the one, and refuses the other. */
function unfitExpiry({ offers }: Context, wanted: number): Skipped | undefined {
  const what = 'tagExpiration';
  if (!offers.tagExpiration) {
    const message = 'this Quay does not let anybody change it (FEATURE_CHANGE_TAG_EXPIRATION)';
    return { what, reason: 'FeatureDisabled', message };
  }
  const options = offers.tagExpirationOptions ?? [wanted];
  if (options.includes(wanted)) return undefined;
  const listed = options.map(durationText).join(', ');
  const message = `this Quay takes only ${listed} (TAG_EXPIRATION_OPTIONS), not ${durationText(wanted)}`;
  return { what, reason: 'QuayRefused', message };
}
