import { type Call, param } from '../../http/call.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { crash, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { requireSuperuser, requireUser } from '../../auth/require.js';
import { type Namespace } from '../../state/model.js';
import { quotaFeatures } from './organization-quotas.js';
import { limitView } from './report.js';
import {
  changeQuota,
  createQuota,
  idParam,
  newQuotaBytes,
  quotaChange,
  quotaList,
  quotaOf,
  quotaView,
} from './quotas.js';

function namespaceOf(call: Call): Namespace | undefined {
  return call.simulation.state.namespaces.get(param(call, 'namespace'));
}

function list(call: Call): ApiResponse {
  requireSuperuser(call);
  const namespace = namespaceOf(call);
  if (!namespace) throw notFound();
  return quotaList(namespace);
}

function create(call: Call): ApiResponse {
  const bytes = newQuotaBytes(call);
  requireSuperuser(call);
  const namespace = namespaceOf(call);
  if (!namespace) throw crash();
  return createQuota(call, namespace, bytes, 'Quota for');
}

function change(call: Call): ApiResponse {
  const body = quotaChange(call);
  requireSuperuser(call);
  return changeQuota(quotaOf(call, namespaceOf(call)), body);
}

function remove(call: Call): ApiResponse {
  requireSuperuser(call);
  const namespace = namespaceOf(call);
  quotaOf(call, namespace);
  if (namespace) namespace.quota = undefined;
  return noContent();
}

function readOwnLimit(call: Call): ApiResponse {
  const limit = quotaOf(call, requireUser(call)).limits.get(idParam(call, 'limit_id'));
  if (!limit) throw notFound();
  return json(limitView(limit));
}

function quotaRoutes(parent: string): readonly Route[] {
  return [
    route(`${parent}/quota`, { GET: list, POST: create }, { features: quotaFeatures }),
    route(`${parent}/quota/{quota_id}`, { PUT: change, DELETE: remove }, { features: quotaFeatures }),
  ];
}

const ownPolicies = '/api/v1/user/quota';

/** Quotas as superusers set them for anybody, and as users read their own. */
export const superuserQuotaRoutes: readonly Route[] = [
  ...quotaRoutes('/api/v1/superuser/organization/{namespace}'),
  ...quotaRoutes('/api/v1/superuser/users/{namespace}'),
  route(ownPolicies, { GET: (call) => quotaList(requireUser(call)) }, { features: quotaFeatures }),
  route(
    `${ownPolicies}/{quota_id}`,
    { GET: (call) => json(quotaView(quotaOf(call, requireUser(call)))) },
    { features: quotaFeatures },
  ),
  route(
    `${ownPolicies}/{quota_id}/limit`,
    { GET: (call) => json([...quotaOf(call, requireUser(call)).limits.values()].map(limitView)) },
    { features: quotaFeatures },
  ),
  route(`${ownPolicies}/{quota_id}/limit/{limit_id}`, { GET: readOwnLimit }, { features: quotaFeatures }),
];
