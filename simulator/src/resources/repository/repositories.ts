import { jsonBody } from '../../http/body.js';
import { type Call, param, repositoryPath } from '../../http/call.js';
import { text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { crash, invalidRequest } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { canCreateIn, unauthorized } from '../../auth/permissions.js';
import { existingRepository, requireRepositoryRole, requireUser } from '../../auth/require.js';
import { isRepositoryName } from '../../rules/names.js';
import { addRepository, deleteRepository, findRepository } from '../../state/repositories.js';
import { listRepositories } from './list.js';
import { repositoryView } from './view.js';

const visibilitySchema: Schema = { type: 'string', enum: ['public', 'private'] };
const creationSchema: Schema = {
  required: ['repository', 'visibility', 'description'],
  properties: {
    repository: { type: 'string' },
    visibility: visibilitySchema,
    namespace: { type: 'string' },
    description: { type: 'string' },
    repo_kind: { type: ['string', 'null'], enum: ['image', null] },
  },
};
const descriptionSchema: Schema = { required: ['description'], properties: { description: { type: 'string' } } };
const changeVisibilitySchema: Schema = { required: ['visibility'], properties: { visibility: visibilitySchema } };

function create(call: Call): ApiResponse {
  const { state, features, random } = call.simulation;
  const body = jsonBody(call, creationSchema);
  const creator = requireUser(call);
  const namespaceName = text(body, 'namespace') ?? creator.name;
  if (!canCreateIn(call, namespaceName)) throw unauthorized(call);
  const name = text(body, 'repository') ?? '';
  const namespace = state.namespaces.get(namespaceName);
  if (!namespace) throw crash();
  if (namespace.repositories.has(name)) throw invalidRequest('Repository already exists');
  if (!isRepositoryName(name, features.EXTENDED_REPOSITORY_NAMES === true)) {
    throw invalidRequest('Invalid repository name');
  }
  if (namespace.mirror) {
    throw invalidRequest('Cannot create repository: organization is managed by organization-level mirroring');
  }
  const visibility = text(body, 'visibility') === 'public' ? 'public' : 'private';
  addRepository(state, random, { namespace, name, visibility, description: text(body, 'description') ?? '', creator });
  return json({ namespace: namespaceName, name, kind: 'image' }, 201);
}

function read(call: Call): ApiResponse {
  requireRepositoryRole(call, 'read');
  return json(repositoryView(call, existingRepository(call)));
}

function describe(call: Call): ApiResponse {
  requireRepositoryRole(call, 'write');
  const body = jsonBody(call, descriptionSchema);
  existingRepository(call).description = text(body, 'description') ?? '';
  return json({ success: true });
}

/** Deleting what is not there succeeds, as long as its namespace is. */
function remove(call: Call): ApiResponse {
  requireRepositoryRole(call, 'admin');
  const { state, random } = call.simulation;
  const { namespace, name } = repositoryPath(call);
  if (!state.namespaces.has(namespace)) throw crash();
  const repository = findRepository(state, namespace, name);
  if (repository) deleteRepository(state, random, repository);
  return noContent();
}

function changeVisibility(call: Call): ApiResponse {
  requireRepositoryRole(call, 'admin');
  const body = jsonBody(call, changeVisibilitySchema);
  const repository = findRepository(call.simulation.state, param(call, 'namespace'), param(call, 'repository'));
  if (!repository) return json(null);
  repository.visibility = text(body, 'visibility') === 'public' ? 'public' : 'private';
  return json({ success: true });
}

/** Repositories. */
export const repositoryRoutes: readonly Route[] = [
  route('/api/v1/repository', { GET: listRepositories, POST: create }),
  route('/api/v1/repository/{repository}', { GET: read, PUT: describe, DELETE: remove }),
  route('/api/v1/repository/{repository}/changevisibility', { POST: changeVisibility }),
];
