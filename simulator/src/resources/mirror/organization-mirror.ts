import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { type JsonObject, text } from '../../http/json.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { queryText } from '../../http/query.js';
import { invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { administeredOrganization } from '../../auth/require.js';
import { checkRegistryHost } from '../../rules/registry-host.js';
import { type Namespace, type OrganizationMirror, type Robot } from '../../state/model.js';
import { isIsoDate, isoDate } from '../dates.js';
import { changedOrganizationMirrorSchema, newOrganizationMirrorSchema } from './schema.js';

const mirrorRetries = 3;
const syncStates = ['CANCEL', 'FAIL', 'NEVER_RUN', 'SUCCESS', 'SYNCING', 'SYNC_NOW', 'SKIP'];

function mirrorOf(call: Call): OrganizationMirror {
  const { mirror } = administeredOrganization(call);
  if (!mirror) throw notFound();
  return mirror;
}

function checkedRobot(call: Call, name: string): Robot {
  const robot = call.simulation.state.robots.get(name);
  if (!robot) throw invalidRequest(`Invalid robot account: ${name}`);
  if (robot.namespace.name !== param(call, 'orgname')) {
    throw invalidRequest('Robot account must belong to the organization');
  }
  return robot;
}

function checkStart(start: string | undefined): void {
  if (start === undefined || isIsoDate(start)) return;
  throw invalidRequest('Invalid sync_start_date format. Use ISO 8601: YYYY-MM-DDTHH:MM:SSZ');
}

function checkUrl(url: string | undefined): void {
  if (url === undefined) return;
  const [, scheme = '', host = ''] = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/(?:[^@/]*@)?([^/:?#]*))?/i.exec(url) ?? [];
  if (!/^https?$/i.test(scheme))
    throw invalidRequest(`Invalid URL scheme '${scheme}': only HTTP and HTTPS are allowed`);
  if (host === '') throw invalidRequest('URL must include a hostname');
  checkRegistryHost(host.toLowerCase(), 'URL');
}

function read(call: Call): ApiResponse {
  const { settings, robot, created, status, retries } = mirrorOf(call);
  return json({
    is_enabled: settings.is_enabled ?? true,
    external_registry_type: settings.external_registry_type,
    external_registry_url: settings.external_registry_url,
    external_namespace: settings.external_namespace,
    external_registry_username: settings.external_registry_username ?? null,
    has_external_registry_password: settings.has_password ?? false,
    external_registry_config: settings.external_registry_config ?? {},
    repository_filters: settings.repository_filters ?? [],
    robot_username: robot.name,
    visibility: settings.visibility,
    sync_interval: settings.sync_interval,
    sync_start_date: settings.sync_start_date,
    sync_expiration_date: null,
    sync_status: status,
    sync_retries_remaining: retries,
    repo_sync_status_counts: Object.fromEntries(syncStates.map((state) => [state, 0])),
    skopeo_timeout: settings.skopeo_timeout ?? 300,
    creation_date: isoDate(created),
  });
}

function create(call: Call): ApiResponse {
  const body = jsonBody(call, newOrganizationMirrorSchema);
  const organization = administeredOrganization(call);
  const robot = checkedRobot(call, text(body, 'robot_username') ?? '');
  checkStart(text(body, 'sync_start_date'));
  checkUrl(text(body, 'external_registry_url'));
  checkPreconditions(organization);
  const settings = stored({}, body);
  const created = call.simulation.clock();
  organization.mirror = { settings, robot, created, status: 'NEVER_RUN', retries: mirrorRetries };
  return json('', 201);
}

function checkPreconditions(organization: Namespace): void {
  if (organization.mirror) throw invalidRequest('Mirror configuration already exists for this organization');
  if (organization.repositories.size > 0) {
    throw invalidRequest(
      'Cannot create organization mirror: the organization already contains repositories. ' +
        'Organization mirroring requires an empty organization.',
    );
  }
  if (organization.immutabilityPolicies.size > 0) {
    throw invalidRequest('Cannot create organization mirror: the organization has immutability policies');
  }
  if (organization.proxyCache) {
    throw invalidRequest('Cannot create organization mirror: the organization is a proxy cache');
  }
}

/** The settings with those of the body laid over them; of a password only whether there is one. */
function stored(settings: JsonObject, body: JsonObject): JsonObject {
  const { external_registry_password: password, robot_username: _robot, ...rest } = body;
  return {
    ...settings,
    ...rest,
    ...(password !== undefined && { has_password: password !== null && password !== '' }),
  };
}

function change(call: Call): ApiResponse {
  const body = jsonBody(call, changedOrganizationMirrorSchema);
  const organization = administeredOrganization(call);
  const mirror = mirrorOf(call);
  checkUrl(text(body, 'external_registry_url'));
  const name = text(body, 'robot_username');
  const robot = name === undefined ? mirror.robot : checkedRobot(call, name);
  checkStart(text(body, 'sync_start_date'));
  const { external_registry_type: _type, ...changes } = body;
  organization.mirror = { ...mirror, robot, settings: stored(mirror.settings, changes) };
  return json('', 200);
}

function remove(call: Call): ApiResponse {
  mirrorOf(call);
  administeredOrganization(call).mirror = undefined;
  return noContent();
}

function syncNow(call: Call): ApiResponse {
  const mirror = mirrorOf(call);
  if (mirror.status === 'SYNCING') throw invalidRequest('Cannot trigger sync: mirror is currently syncing');
  mirror.status = 'SYNC_NOW';
  mirror.retries = Math.max(mirror.retries, 1);
  return noContent();
}

function cancel(call: Call): ApiResponse {
  const mirror = mirrorOf(call);
  if (mirror.status === 'CANCEL') throw invalidRequest('Cannot cancel: mirror is already cancelled');
  mirror.status = 'CANCEL';
  mirror.retries = 0;
  return noContent();
}

/** Nothing is ever discovered here. */
function repositories(call: Call): ApiResponse {
  mirrorOf(call);
  const page = Math.max(1, wholeNumber(queryText(call, 'page'), 1));
  const limit = wholeNumber(queryText(call, 'limit'), 100);
  return json({ repositories: [], page, limit: limit < 1 ? 100 : Math.min(limit, 500), total: 0, has_next: false });
}

function wholeNumber(value: string | undefined, otherwise: number): number {
  return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : otherwise;
}

function verify(call: Call): ApiResponse {
  mirrorOf(call);
  return json({ success: false, message: 'Could not connect to the source registry' });
}

const mirrorPath = '/api/v1/organization/{orgname}/mirror';
const requiredFeature = { features: ['ORG_MIRROR'] };

/** Mirroring of whole organizations. */
export const organizationMirrorRoutes: readonly Route[] = [
  route(mirrorPath, { GET: read, POST: create, PUT: change, DELETE: remove }, requiredFeature),
  route(`${mirrorPath}/sync-now`, { POST: syncNow }, requiredFeature),
  route(`${mirrorPath}/sync-cancel`, { POST: cancel }, requiredFeature),
  route(`${mirrorPath}/repositories`, { GET: repositories }, requiredFeature),
  route(`${mirrorPath}/verify`, { POST: verify }, requiredFeature),
];
