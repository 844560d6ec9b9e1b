import { jsonBody } from '../../http/body.js';
import { type Call, param, repositoryPath } from '../../http/call.js';
import { text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { canOnRepository } from '../../auth/permissions.js';
import { requireUserAdmin } from '../../auth/require.js';
import { type Repository } from '../../state/model.js';
import { type AppToken } from '../../state/records.js';
import { findRepository } from '../../state/repositories.js';
import { mailDate } from '../dates.js';

const starSchema: Schema = {
  required: ['namespace', 'repository'],
  properties: { namespace: { type: 'string' }, repository: { type: 'string' } },
};
const appTokenSchema: Schema = { required: ['title'], properties: { title: { type: 'string' } } };
const appTokenLength = 80;

function starred(call: Call): ApiResponse {
  const repositories = [...requireUserAdmin(call).stars].map((repository) => ({
    namespace: repository.namespace.name,
    name: repository.name,
    description: repository.description,
    is_public: repository.visibility === 'public',
  }));
  return json({ repositories });
}

function readable(call: Call, namespace: string, name: string): Repository {
  const repository = findRepository(call.simulation.state, namespace, name);
  const isReadable = repository?.visibility === 'public' || canOnRepository(call, namespace, name, 'read');
  if (!repository || !isReadable) throw notFound();
  return repository;
}

function star(call: Call): ApiResponse {
  const user = requireUserAdmin(call);
  const body = jsonBody(call, starSchema);
  const namespace = text(body, 'namespace') ?? '';
  const repository = text(body, 'repository') ?? '';
  user.stars.add(readable(call, namespace, repository));
  return json({ namespace, repository }, 201);
}

function unstar(call: Call): ApiResponse {
  const user = requireUserAdmin(call);
  const { namespace, name } = repositoryPath(call);
  user.stars.delete(readable(call, namespace, name));
  return noContent();
}

function appTokenView({ uuid, title, created }: AppToken): object {
  return { uuid, title, last_accessed: null, created: mailDate(created), expiration: null };
}

function createAppToken(call: Call): ApiResponse {
  const user = requireUserAdmin(call);
  const title = text(jsonBody(call, appTokenSchema), 'title') ?? '';
  const { random, clock } = call.simulation;
  const token: AppToken = { uuid: random.uuid(), title, code: random.characters(appTokenLength), created: clock() };
  user.appTokens.set(token.uuid, token);
  return json({ token: { ...appTokenView(token), token_code: token.code } });
}

function existingAppToken(call: Call): AppToken {
  const token = requireUserAdmin(call).appTokens.get(param(call, 'token_uuid'));
  if (!token) throw notFound();
  return token;
}

function removeAppToken(call: Call): ApiResponse {
  const { uuid } = existingAppToken(call);
  requireUserAdmin(call).appTokens.delete(uuid);
  return noContent();
}

const appTokensPath = '/api/v1/user/apptoken';
const requiredFeature = { features: ['APP_SPECIFIC_TOKENS'] };

/** Stars and registry tokens of the user behind the token. */
export const ownResourceRoutes: readonly Route[] = [
  route('/api/v1/user/starred', { GET: starred, POST: star }),
  route('/api/v1/user/starred/{repository}', { DELETE: unstar }),
  route(
    appTokensPath,
    {
      GET: (call) =>
        json({ tokens: [...requireUserAdmin(call).appTokens.values()].map(appTokenView), only_expiring: null }),
      POST: createAppToken,
    },
    requiredFeature,
  ),
  route(
    `${appTokensPath}/{token_uuid}`,
    {
      GET: (call) => {
        const token = existingAppToken(call);
        return json({ token: { ...appTokenView(token), token_code: token.code } });
      },
      DELETE: removeAppToken,
    },
    requiredFeature,
  ),
];
