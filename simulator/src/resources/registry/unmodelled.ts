import { type Handler } from '../../http/call.js';
import { notFound } from '../../http/refusal.js';
import { type Method, type Route, route } from '../../http/route.js';

const missing: Handler = () => {
  throw notFound();
};

function stub(template: string, methods: readonly Method[], more: Partial<Route> = {}): Route {
  return route(template, Object.fromEntries(methods.map((method) => [method, missing])), more);
}

function internal(template: string, ...methods: Method[]): Route {
  return stub(template, methods, { internal: methods });
}

const repositoryPath = '/api/v1/repository/{repository}';
const triggerPath = `${repositoryPath}/trigger/{trigger_uuid}`;

function logs(parent: string): readonly Route[] {
  return [
    stub(`${parent}/aggregatelogs`, ['GET']),
    stub(`${parent}/exportlogs`, ['POST']),
    stub(`${parent}/logs`, ['GET']),
  ];
}

/** Paths of the real API that nothing stands behind here: builds, logs, keys, logins. They answer 404. */
export const unmodelledRoutes: readonly Route[] = [
  stub('/api/v1/organization/{orgname}/exportlogs', ['POST']),
  ...logs(repositoryPath),
  ...logs('/api/v1/user'),
  stub('/api/v1/find/all', ['GET']),
  stub('/api/v1/find/repositories', ['GET']),
  stub('/api/v1/repository/mirror/health', ['GET'], { features: ['REPO_MIRROR'] }),
  stub('/api/v1/superuser/mirror/health', ['GET'], { features: ['REPO_MIRROR'] }),
  stub(`${repositoryPath}/build/`, ['GET', 'POST']),
  stub(`${repositoryPath}/build/{build_uuid}`, ['GET', 'DELETE']),
  stub(`${repositoryPath}/build/{build_uuid}/logs`, ['GET']),
  stub(`${repositoryPath}/build/{build_uuid}/status`, ['GET']),
  stub(`${repositoryPath}/tokens/`, ['GET', 'POST']),
  stub(`${repositoryPath}/tokens/{code}`, ['GET', 'PUT', 'DELETE']),
  stub(`${repositoryPath}/trigger/`, ['GET']),
  stub(triggerPath, ['GET', 'PUT', 'DELETE']),
  stub(`${triggerPath}/activate`, ['POST']),
  stub(`${triggerPath}/builds`, ['GET']),
  stub(`${triggerPath}/start`, ['POST']),
  internal(`${triggerPath}/analyze`, 'POST'),
  internal(`${triggerPath}/fields/{field_name}`, 'POST'),
  internal(`${triggerPath}/namespaces`, 'GET'),
  internal(`${triggerPath}/sources`, 'POST'),
  internal(`${triggerPath}/subdir`, 'POST'),
  internal('/api/v1/detachexternal/{service_id}', 'POST'),
  internal('/api/v1/entities/link/{username}', 'POST'),
  internal('/api/v1/externallogin/{service_id}', 'POST'),
  internal('/api/v1/filedrop/', 'POST'),
  internal('/api/v1/signin', 'POST'),
  internal('/api/v1/signin/verify', 'POST'),
  internal('/api/v1/signout', 'POST'),
  internal('/api/v1/superuser/changelog/', 'GET'),
  internal('/api/v1/superuser/registrystatus', 'GET'),
  internal('/api/v1/superuser/shutdown', 'POST'),
  stub('/api/v1/superuser/approvedkeys/{kid}', ['POST']),
  stub('/api/v1/superuser/apptokens', ['GET']),
  stub('/api/v1/superuser/keys', ['GET', 'POST']),
  stub('/api/v1/superuser/keys/{kid}', ['GET', 'PUT', 'DELETE']),
  stub('/api/v1/superuser/{build_uuid}/build', ['GET']),
  stub('/api/v1/superuser/{build_uuid}/logs', ['GET']),
  stub('/api/v1/superuser/{build_uuid}/logs/archive', ['GET']),
  stub('/api/v1/superuser/{build_uuid}/status', ['GET']),
  internal('/api/v1/user/', 'POST', 'PUT', 'DELETE'),
  internal('/api/v1/user/assignedauthorization', 'GET'),
  internal('/api/v1/user/assignedauthorization/{assigned_authorization_uuid}', 'DELETE'),
  internal('/api/v1/user/authorizations', 'GET'),
  internal('/api/v1/user/authorizations/{access_token_uuid}', 'GET', 'DELETE'),
  internal('/api/v1/user/clientkey', 'POST'),
  internal('/api/v1/user/convert', 'POST'),
  internal('/api/v1/user/notifications', 'GET'),
  internal('/api/v1/user/notifications/{uuid}', 'GET', 'PUT'),
  stub('/userfiles/{file_id}', ['GET', 'PUT'], { undocumented: true }),
];
