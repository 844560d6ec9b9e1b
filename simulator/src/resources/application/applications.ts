import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { type JsonObject, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { administeredOrganization } from '../../auth/require.js';
import { type Application } from '../../state/model.js';
import { avatar } from '../user/avatar.js';
import { organizationView } from '../organization/view.js';

const clientIdLength = 20;
const secretLength = 40;
const reservedName = '__quay_bootstrap_app';

const properties: Readonly<Record<string, Schema>> = {
  name: { type: 'string' },
  redirect_uri: { type: 'string' },
  application_uri: { type: 'string' },
  description: { type: 'string' },
  avatar_email: { type: 'string' },
};
const creationSchema: Schema = { required: ['name'], properties: properties };
const changeSchema: Schema = { required: ['name', 'redirect_uri', 'application_uri'], properties: properties };

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
  if (name === reservedName) throw invalidRequest('Application name is reserved for bootstrap token provisioning');
  return {
    name,
    description: text(body, 'description') ?? '',
    redirectUri: text(body, 'redirect_uri') ?? '',
    applicationUri: text(body, 'application_uri') ?? '',
    avatarEmail: text(body, 'avatar_email') ?? null,
  };
}

function create(call: Call): ApiResponse {
  const body = jsonBody(call, creationSchema);
  const owner = administeredOrganization(call);
  const { random, state } = call.simulation;
  const application: Application = {
    ...fieldsIn(body),
    clientId: random.characters(clientIdLength),
    clientSecret: random.characters(secretLength),
    owner,
    tokens: new Map(),
  };
  owner.applications.set(application.clientId, application);
  state.applications.set(application.clientId, application);
  return json(view(application));
}

/** Replaces all fields: what is left out is reset. */
function change(call: Call): ApiResponse {
  const body = jsonBody(call, changeSchema);
  const application = existingApplication(call);
  Object.assign(application, fieldsIn(body));
  return json(view(application));
}

/** Deletes an application; all its tokens die with it. */
function remove(call: Call): ApiResponse {
  const { clientId, owner, tokens } = existingApplication(call);
  const { state } = call.simulation;
  for (const { token } of tokens.values()) state.accessTokens.delete(token);
  owner.applications.delete(clientId);
  state.applications.delete(clientId);
  return noContent();
}

function resetSecret(call: Call): ApiResponse {
  const application = existingApplication(call);
  application.clientSecret = call.simulation.random.characters(secretLength);
  return json(view(application));
}

function publicInformation(call: Call): ApiResponse {
  const application = call.simulation.state.applications.get(param(call, 'client_id'));
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

const applicationsPath = '/api/v1/organization/{orgname}/applications';

/** OAuth applications of organizations. */
export const applicationRoutes: readonly Route[] = [
  route(applicationsPath, {
    GET: (call) => json({ applications: [...administeredOrganization(call).applications.values()].map(view) }),
    POST: create,
  }),
  route(`${applicationsPath}/{client_id}`, {
    GET: (call) => json(view(existingApplication(call))),
    PUT: change,
    DELETE: remove,
  }),
  route(`${applicationsPath}/{client_id}/resetclientsecret`, { POST: resetSecret }, { internal: ['POST'] }),
  route('/api/v1/app/{client_id}', { GET: publicInformation }),
];
