import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { flag, type Json, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json } from '../../http/message.js';
import { dataError, invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { requireMembership, requireOrganizationAdmin } from '../../auth/require.js';
import { checkRegistryHost, hostOf } from '../../rules/registry-host.js';
import { findOrganization } from '../../state/namespaces.js';
import { type Namespace } from '../../state/model.js';

const defaultExpirationSeconds = 86_400;
const proxySchema: Schema = {
  required: ['upstream_registry'],
  properties: { upstream_registry: { type: 'string' }, insecure: { type: 'boolean' } },
};

function organizationOf(call: Call): Namespace | undefined {
  return findOrganization(call.simulation.state, param(call, 'orgname'));
}

/** Unset, and in a missing organization, all fields are empty strings; credentials are never shown. */
function read(call: Call): ApiResponse {
  requireMembership(call);
  const proxyCache = organizationOf(call)?.proxyCache;
  return json({
    upstream_registry: proxyCache?.upstreamRegistry ?? '',
    expiration_s: proxyCache?.expirationSeconds ?? '',
    insecure: proxyCache?.insecure ?? '',
  });
}

function checkedUpstream(upstream: string): string {
  const host = hostOf(upstream);
  if (host === '') throw invalidRequest('URL must include a hostname');
  checkRegistryHost(host, 'URL');
  return upstream;
}

function create(call: Call): ApiResponse {
  const body = jsonBody(call, proxySchema);
  requireOrganizationAdmin(call);
  const organization = organizationOf(call);
  if (organization?.proxyCache) throw invalidRequest('Proxy Cache Configuration already exists');
  if (organization?.mirror) {
    throw invalidRequest('Cannot create proxy cache: organization is managed by organization-level mirroring');
  }
  const upstreamRegistry = checkedUpstream(text(body, 'upstream_registry') ?? '');
  if (!organization) throw dataError(`Organization does not exist: ${param(call, 'orgname')}`);
  organization.proxyCache = {
    upstreamRegistry,
    expirationSeconds: seconds(body.expiration_s),
    insecure: flag(body, 'insecure') ?? false,
  };
  return json('Created', 201);
}

/** The number of seconds, which may come as text. */
function seconds(value: Json | undefined): number {
  if (value === undefined || value === null) return defaultExpirationSeconds;
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return Number(value);
  throw invalidRequest('Error while creating Proxy cache configuration');
}

function remove(call: Call): ApiResponse {
  requireOrganizationAdmin(call);
  const organization = organizationOf(call);
  if (!organization?.proxyCache) throw notFound();
  organization.proxyCache = undefined;
  return json('Deleted', 201);
}

/** No registry answers here, so a configuration that passes the checks still cannot be logged in to. */
function validate(call: Call): ApiResponse {
  const body = jsonBody(call, proxySchema);
  requireOrganizationAdmin(call);
  if (organizationOf(call)?.proxyCache) throw invalidRequest('Proxy Cache Configuration already exists');
  checkedUpstream(text(body, 'upstream_registry') ?? '');
  throw invalidRequest('Failed login to remote registry. Please verify entered details and try again.');
}

/** Proxy caches of organizations. */
export const proxyCacheRoutes: readonly Route[] = [
  route(
    '/api/v1/organization/{orgname}/proxycache',
    { GET: read, POST: create, DELETE: remove },
    { features: ['PROXY_CACHE'] },
  ),
  route('/api/v1/organization/{orgname}/validateproxycache', { POST: validate }, { features: ['PROXY_CACHE'] }),
];
