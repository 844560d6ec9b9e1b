import { type Call } from '../../http/call.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { forbidden } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { hasFullAccess } from '../../auth/permissions.js';
import { existingOrganization, requireMembership, requireUser } from '../../auth/require.js';
import { changeQuota, createQuota, newQuotaBytes, quotaChange, quotaList, quotaOf, quotaView } from './quotas.js';

/** Refuses everybody but superusers with full access: owners may only read their quota. */
export function requireFullAccess(call: Call): void {
  requireUser(call);
  if (!hasFullAccess(call)) throw forbidden();
}

function list(call: Call): ApiResponse {
  requireMembership(call);
  return quotaList(existingOrganization(call));
}

function create(call: Call): ApiResponse {
  const bytes = newQuotaBytes(call);
  requireFullAccess(call);
  return createQuota(call, existingOrganization(call), bytes, 'Organization quota for');
}

function read(call: Call): ApiResponse {
  requireMembership(call);
  return json(quotaView(quotaOf(call, existingOrganization(call))));
}

function change(call: Call): ApiResponse {
  const body = quotaChange(call);
  requireFullAccess(call);
  return changeQuota(quotaOf(call, existingOrganization(call)), body);
}

function remove(call: Call): ApiResponse {
  requireFullAccess(call);
  const organization = existingOrganization(call);
  quotaOf(call, organization);
  organization.quota = undefined;
  return noContent();
}

/** Features that quotas need. */
export const quotaFeatures = ['SUPER_USERS', 'QUOTA_MANAGEMENT', 'EDIT_QUOTA'];

/** Quotas of organizations. */
export const organizationQuotaRoutes: readonly Route[] = [
  route('/api/v1/organization/{orgname}/quota', { GET: list, POST: create }, { features: quotaFeatures }),
  route(
    '/api/v1/organization/{orgname}/quota/{quota_id}',
    { GET: read, PUT: change, DELETE: remove },
    { features: quotaFeatures },
  ),
];
