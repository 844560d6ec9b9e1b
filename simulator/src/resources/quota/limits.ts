import { jsonBody } from '../../http/body.js';
import { type Call } from '../../http/call.js';
import { number, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { dataError, invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { existingOrganization, requireMembership } from '../../auth/require.js';
import { type Quota, type QuotaLimit } from '../../state/records.js';
import { takeId } from '../../state/state.js';
import { quotaFeatures, requireFullAccess } from './organization-quotas.js';
import { limitView } from './report.js';
import { idParam, quotaOf, quotaView } from './quotas.js';

const properties: Readonly<Record<string, Schema>> = {
  type: { type: 'string' },
  threshold_percent: { type: 'integer' },
};
const creationSchema: Schema = { required: ['type', 'threshold_percent'], properties: properties };
const changeSchema: Schema = { properties: properties };

function checkedType(type: string): QuotaLimit['type'] {
  const lower = type.toLowerCase();
  if (lower === 'warning') return 'Warning';
  if (lower === 'reject') return 'Reject';
  throw dataError('Quota type must be one of [Warning, Reject]');
}

function checkedPercent(percent: number): number {
  if (percent < 1 || percent > 100) throw dataError('Quota limit threshold must be between 1 and 100');
  return percent;
}

function organizationQuota(call: Call): Quota {
  return quotaOf(call, existingOrganization(call));
}

function readable(call: Call): Quota {
  requireMembership(call);
  return organizationQuota(call);
}

function limitOf(call: Call, quota: Quota): QuotaLimit {
  const limit = quota.limits.get(idParam(call, 'limit_id'));
  if (!limit) throw notFound();
  return limit;
}

function create(call: Call): ApiResponse {
  const body = jsonBody(call, creationSchema);
  requireFullAccess(call);
  const quota = organizationQuota(call);
  const given = text(body, 'type') ?? '';
  const percent = number(body, 'threshold_percent') ?? 0;
  // A percentage of 0 counts as none given, so that any limit of the type is an equal one.
  const isEqual = (limit: QuotaLimit): boolean =>
    limit.type.toLowerCase() === given.toLowerCase() && (percent === 0 || limit.percent === percent);
  if ([...quota.limits.values()].some(isEqual)) throw invalidRequest('Quota limit already exists');
  const type = checkedType(given);
  const id = takeId(call.simulation.state);
  quota.limits.set(id, { id, type, percent: checkedPercent(percent) });
  return json('Created', 201);
}

function change(call: Call): ApiResponse {
  const body = jsonBody(call, changeSchema);
  requireFullAccess(call);
  const quota = organizationQuota(call);
  const limit = limitOf(call, quota);
  const type = text(body, 'type');
  const percent = number(body, 'threshold_percent');
  const changed = {
    type: type === undefined ? limit.type : checkedType(type),
    percent: percent === undefined ? limit.percent : checkedPercent(percent),
  };
  Object.assign(limit, changed);
  return json(quotaView(quota));
}

function remove(call: Call): ApiResponse {
  requireFullAccess(call);
  const quota = organizationQuota(call);
  quota.limits.delete(limitOf(call, quota).id);
  return noContent();
}

const limitsPath = '/api/v1/organization/{orgname}/quota/{quota_id}/limit';

/** Limits of an organization's quota: written as `threshold_percent`, read as `limit_percent`. */
export const quotaLimitRoutes: readonly Route[] = [
  route(
    limitsPath,
    { GET: (call) => json([...readable(call).limits.values()].map(limitView)), POST: create },
    { features: quotaFeatures },
  ),
  route(
    `${limitsPath}/{limit_id}`,
    { GET: (call) => json(limitView(limitOf(call, readable(call)))), PUT: change, DELETE: remove },
    { features: quotaFeatures },
  ),
];
