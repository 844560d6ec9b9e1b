import { jsonBody } from '../../http/body.js';
import { type Call } from '../../http/call.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json } from '../../http/message.js';
import { detail, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { existingRepository, requireRepositoryRole } from '../../auth/require.js';

const stateSchema: Schema = {
  required: ['state'],
  properties: { state: { type: 'string', enum: ['NORMAL', 'READ_ONLY', 'MIRROR'] } },
};

function changeState(call: Call): ApiResponse {
  requireRepositoryRole(call, 'admin');
  const { state } = jsonBody(call, stateSchema);
  const repository = existingRepository(call);
  if (repository.namespace.mirror) {
    throw detail('Cannot change repository state: organization is managed by organization-level mirroring');
  }
  repository.state = state === 'READ_ONLY' || state === 'MIRROR' ? state : 'NORMAL';
  return json({ success: true });
}

/** The state of a repository, and the trust flag, which only signing would bring. */
export const repositoryStateRoutes: readonly Route[] = [
  route('/api/v1/repository/{repository}/changestate', { PUT: changeState }, { features: ['REPO_MIRROR'] }),
  route(
    '/api/v1/repository/{repository}/changetrust',
    {
      POST: (call) => {
        requireRepositoryRole(call, 'admin');
        throw notFound();
      },
    },
    { undocumented: true },
  ),
];
