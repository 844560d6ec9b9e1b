import { jsonBody } from '../../http/body.js';
import { type Call, param, type Simulation } from '../../http/call.js';
import { text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { crash, dataError, invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { requireSuperuser } from '../../auth/require.js';
import { nameIssue } from '../../rules/names.js';
import { type Namespace } from '../../state/model.js';
import { convertToOrganization, deleteNamespace, findOrganization, renameNamespace } from '../../state/namespaces.js';
import { addMember } from '../../state/teams.js';
import { avatar } from '../user/avatar.js';
import { quotaKeys } from '../quota/report.js';
import { superuserPage } from './page.js';

const renameSchema: Schema = { properties: { name: { type: 'string' } } };

/** An organization as superusers list it: without an address it shows a random one. */
function view(simulation: Simulation, organization: Namespace): object {
  const email = organization.email ?? organization.standInEmail;
  return {
    name: organization.name,
    email,
    avatar: avatar(organization.name, 'org', email),
    ...quotaKeys(simulation, organization),
  };
}

function list(call: Call): ApiResponse {
  requireSuperuser(call);
  const { entries, next } = superuserPage(call, ({ organization }) => organization);
  return json({ organizations: entries.map((organization) => view(call.simulation, organization)), ...next });
}

/** Renames; a missing source and a taken target crash the real server, a blocked target does not stop it. */
function rename(call: Call): ApiResponse {
  requireSuperuser(call);
  const name = text(jsonBody(call, renameSchema), 'name');
  const { state } = call.simulation;
  const organization = findOrganization(state, param(call, 'name'));
  if (!organization) throw crash();
  if (name !== undefined && name !== organization.name) {
    const issue = nameIssue(name);
    if (issue) throw dataError(`Invalid username ${name}: ${issue}`);
    if (state.namespaces.has(name)) throw crash();
    renameNamespace(state, organization, name);
  }
  return json(view(call.simulation, organization));
}

function remove(call: Call): ApiResponse {
  requireSuperuser(call);
  const { state, random } = call.simulation;
  const organization = findOrganization(state, param(call, 'name'));
  if (!organization) throw notFound();
  deleteNamespace(state, random, organization);
  return noContent();
}

/** Makes the caller an owner; a user is turned into an organization for it, for good. */
function takeOwnership(call: Call): ApiResponse {
  const caller = requireSuperuser(call);
  const { state } = call.simulation;
  const namespace = state.namespaces.get(param(call, 'namespace'));
  if (!namespace) throw notFound();
  if (namespace.superuser) throw invalidRequest('Cannot take ownership of a superuser');
  if (namespace.organization) joinAdmins(namespace, caller);
  else convertToOrganization(state, namespace, caller);
  return json({ namespace: namespace.name });
}

function joinAdmins(organization: Namespace, caller: Namespace): void {
  const admins = [...organization.organizationTeams.values()].find(({ role }) => role === 'admin');
  if (!admins) throw crash();
  addMember(admins, caller);
}

const requiredFeature = { features: ['SUPER_USERS'] };

/** Organizations in the hands of superusers, whatever their other rights. */
export const superuserOrganizationRoutes: readonly Route[] = [
  route('/api/v1/superuser/organizations/', { GET: list }, { ...requiredFeature, internal: ['GET'] }),
  route('/api/v1/superuser/organizations/{name}', { PUT: rename, DELETE: remove }, requiredFeature),
  route(
    '/api/v1/superuser/takeownership/{namespace}',
    { POST: takeOwnership },
    { ...requiredFeature, internal: ['POST'] },
  ),
];
