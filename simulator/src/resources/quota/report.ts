import { type Simulation } from '../../http/call.js';
import { type Namespace } from '../../state/model.js';
import { type Quota, type QuotaLimit } from '../../state/records.js';

/** Whether views carry quota keys at all. */
export function showsQuotas({ features }: Simulation): boolean {
  return features.QUOTA_MANAGEMENT === true && features.EDIT_QUOTA === true;
}

/** The quota keys of an organization or user; nothing is ever stored, so no bytes are used. */
export function quotaKeys(simulation: Simulation, namespace: Namespace): object {
  if (!showsQuotas(simulation)) return {};
  return {
    quotas: namespace.quota ? [shortQuota(namespace.quota)] : [],
    quota_report: {
      quota_bytes: 0,
      configured_quota: namespace.quota?.limitBytes ?? null,
      running_backfill: 'waiting',
      backfill_status: 'waiting',
    },
  };
}

/** The quota keys of a repository in a list. */
export function repositoryQuotaKeys(simulation: Simulation, namespace: Namespace): object {
  if (!showsQuotas(simulation)) return {};
  return { quota_report: { quota_bytes: 0, configured_quota: namespace.quota?.limitBytes ?? null } };
}

/** A limit as it is read. */
export function limitView({ id, type, percent }: QuotaLimit): object {
  return { id, type, limit_percent: percent };
}

function shortQuota({ id, limitBytes, limits }: Quota): object {
  return { id, limit_bytes: limitBytes, limits: [...limits.values()].map(limitView) };
}
