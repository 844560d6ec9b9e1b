import { isObject } from '../http/json.js';
import { inOrganization, inRepository, one, type Rule } from './row.js';

const organization = '/api/v1/organization/{orgname}';
const repository = '/api/v1/repository/{repository}';

/** Creation, change and removal at a path and below it, as `<verb>_<what>` of the kind. */
function lifeCycle(
  path: string,
  below: string,
  kinds: { readonly create: string; readonly change?: string; readonly remove: string },
  place: typeof inOrganization,
): Readonly<Record<string, Rule>> {
  return {
    [`POST ${path}`]: one(kinds.create, place),
    ...(kinds.change !== undefined && { [`PUT ${path}${below}`]: one(kinds.change, place) }),
    [`DELETE ${path}${below}`]: one(kinds.remove, place),
  };
}

const verbs = (what: string, change = 'update') => ({
  create: `create_${what}`,
  change: `${change}_${what}`,
  remove: `delete_${what}`,
});
const quota = (what: string) => ({
  create: `org_create_${what}`,
  change: `org_change_${what}`,
  remove: `org_delete_${what}`,
});

/** Creates, resets and removes; the new one is named by the answer. */
function notifications(path: string, kinds: readonly [string, string, string], place: typeof inOrganization) {
  const create: Rule = (call, body) => (answer) => {
    const { namespace, metadata } = place(call);
    const notification_id = isObject(answer) ? (answer.uuid ?? null) : null;
    const about = { notification_id, event: body.event ?? null, method: body.method ?? null };
    return [{ kind: kinds[0], namespace, metadata: { ...metadata, ...about } }];
  };
  const below = path.endsWith('/') ? '{uuid}' : '/{uuid}';
  return {
    [`POST ${path}`]: create,
    [`POST ${path}${below}`]: one(kinds[1], place, { path: ['uuid:notification_id'] }),
    [`DELETE ${path}${below}`]: one(kinds[2], place, { path: ['uuid:notification_id'] }),
  };
}

/** Default permissions, quotas, policies, caches, notifications, applications. A quota by a superuser's route leaves no row. */
export const settingRules: Readonly<Record<string, Rule>> = {
  ...lifeCycle(`${organization}/prototypes`, '/{prototypeid}', verbs('prototype_permission', 'modify'), inOrganization),
  ...lifeCycle(`${organization}/quota`, '/{quota_id}', quota('quota'), inOrganization),
  ...lifeCycle(`${organization}/quota/{quota_id}/limit`, '/{limit_id}', quota('quota_limit'), inOrganization),
  ...lifeCycle(
    `${organization}/autoprunepolicy/`,
    '{policy_uuid}',
    verbs('namespace_autoprune_policy'),
    inOrganization,
  ),
  ...lifeCycle(`${repository}/autoprunepolicy/`, '{policy_uuid}', verbs('repository_autoprune_policy'), inRepository),
  ...lifeCycle(`${organization}/immutabilitypolicy/`, '{policy_uuid}', verbs('immutability_policy'), inOrganization),
  ...lifeCycle(`${repository}/immutabilitypolicy/`, '{policy_uuid}', verbs('immutability_policy'), inRepository),
  [`POST ${organization}/proxycache`]: one('create_proxy_cache_config', inOrganization, {
    body: ['upstream_registry'],
  }),
  [`DELETE ${organization}/proxycache`]: one('delete_proxy_cache_config', inOrganization),
  ...notifications(
    `${repository}/notification/`,
    ['add_repo_notification', 'reset_repo_notification', 'delete_repo_notification'],
    inRepository,
  ),
  ...notifications(
    `${organization}/notifications`,
    ['create_namespace_notification', 'reset_namespace_notification', 'delete_namespace_notification'],
    inOrganization,
  ),
  ...lifeCycle(`${organization}/applications`, '/{client_id}', verbs('application'), inOrganization),
  [`POST ${organization}/applications/{client_id}/resetclientsecret`]: one(
    'reset_application_client_secret',
    inOrganization,
    {
      path: ['client_id'],
    },
  ),
  [`POST ${organization}/applications/{client_id}/tokens`]: one('create_oauth_api_token', inOrganization, {
    path: ['client_id'],
  }),
  [`DELETE ${organization}/applications/{client_id}/tokens/{token_uuid}`]: one(
    'revoke_oauth_api_token',
    inOrganization,
    {
      path: ['client_id', 'token_uuid:oauth_token_uuid'],
    },
  ),
};
