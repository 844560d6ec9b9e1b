import { jsonBody } from '../../http/body.js';
import type { Call } from '../../http/call.js';
import { param } from '../../http/call.js';
import type { JsonObject } from '../../http/json.js';
import { text } from '../../http/json.js';
import type { Schema } from '../../http/json-schema.js';
import type { ApiResponse } from '../../http/message.js';
import { json, noContent } from '../../http/message.js';
import { invalidRequest, notFound } from '../../http/refusal.js';
import type { Route } from '../../http/route.js';
import { route } from '../../http/route.js';
import { administeredOrganization } from '../../auth/require.js';
import type { Application } from '../../state/model.js';
import { avatar } from '../user/avatar.js';
import { organizationView } from '../organization/view.js';

const CLIENT_ID_LENGTH = 20;
const SECRET_LENGTH = 40;
const RESERVED_NAME = '__quay_bootstrap_app';

const PROPERTIES: Readonly<Record<string, Schema>> = {
  name: { type: 'string' },
  redirect_uri: { type: 'string' },
  application_uri: { type: 'string' },
  description: { type: 'string' },
  avatar_email: { type: 'string' },
};
const NEW: Schema = { required: ['name'], properties: PROPERTIES };
const CHANGE: Schema = { required: ['name', 'redirect_uri', 'application_uri'], properties: PROPERTIES };

function view(application: Application): object {
  return {
    name: application.name,
    description: application.description,
    application_uri: application.applicationUri,
    client_id: application.clientId,
    client_secret: application.clientSecret,
    redirect_uri: application.redirectUri,
    avatar_email: application.avatarEmail,
  };
}

/** The application of the path, which must belong to the organization of the path. */
export function existingApplication(call: Call): Application {
  const application = administeredOrganization(call).applications.get(param(call, 'client_id'));
  if (!application) throw notFound();
  return application;
}

function fieldsIn(
  body: JsonObject,
): Pick<Application, 'name' | 'description' | 'redirectUri' | 'applicationUri' | 'avatarEmail'> {
  const name = text(body, 'name') ?? '';
  if (name === RESERVED_NAME) throw invalidRequest('Application name is reserved for bootstrap token provisioning');
  return {
    name,
    description: text(body, 'description') ?? '',
    redirectUri: text(body, 'redirect_uri') ?? '',
    applicationUri: text(body, 'application_uri') ?? '',
    avatarEmail: text(body, 'avatar_email') ?? null,
  };
}

function create(call: Call): ApiResponse {
  const body = jsonBody(call, NEW);
  const owner = administeredOrganization(call);
  const { random, state } = call.world;
  const application: Application = {
    ...fieldsIn(body),
    clientId: random.characters(CLIENT_ID_LENGTH),
    clientSecret: random.characters(SECRET_LENGTH),
    owner,
    tokens: new Map(),
  };
  owner.applications.set(application.clientId, application);
  state.applications.set(application.clientId, application);
  return json(view(application));
}

/** Replaces all fields: what is left out is reset. */
function change(call: Call): ApiResponse {
  const body = jsonBody(call, CHANGE);
  const application = existingApplication(call);
  Object.assign(application, fieldsIn(body));
  return json(view(application));
}

/** Deletes an application; all its tokens die with it. */
function remove(call: Call): ApiResponse {
  const { clientId, owner, tokens } = existingApplication(call);
  const { state } = call.world;
  for (const { token } of tokens.values()) state.accessTokens.delete(token);
  owner.applications.delete(clientId);
  state.applications.delete(clientId);
  return noContent();
}

function resetSecret(call: Call): ApiResponse {
  const application = existingApplication(call);
  application.clientSecret = call.world.random.characters(SECRET_LENGTH);
  return json(view(application));
}

function publicInformation(call: Call): ApiResponse {
  const application = call.world.state.applications.get(param(call, 'client_id'));
  if (!application) throw notFound();
  const { name, description, applicationUri, avatarEmail, owner } = application;
  return json({
    name,
    description,
    uri: applicationUri,
    avatar: avatar(name, 'app', avatarEmail ?? owner.email),
    organization: organizationView(call, owner, []),
  });
}

const APPLICATIONS = '/api/v1/organization/{orgname}/applications';

/** OAuth applications of organizations. */
export const applicationRoutes: readonly Route[] = [
  route(APPLICATIONS, {
    GET: (call) => json({ applications: [...administeredOrganization(call).applications.values()].map(view) }),
    POST: create,
  }),
  route(`${APPLICATIONS}/{client_id}`, {
    GET: (call) => json(view(existingApplication(call))),
    PUT: change,
    DELETE: remove,
  }),
  route(`${APPLICATIONS}/{client_id}/resetclientsecret`, { POST: resetSecret }, { internal: ['POST'] }),
  route('/api/v1/app/{client_id}', { GET: publicInformation }),
];
