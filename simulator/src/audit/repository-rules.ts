import { param } from '../http/call.js';
import { isObject, type JsonObject, text } from '../http/json.js';
import { inOrganization, inRepository, one, type Row, type Rule } from './row.js';

const create: Rule = (call, body) => {
  const namespace = typeof body.namespace === 'string' ? body.namespace : (call.caller.user?.name ?? '');
  return [{ kind: 'create_repo', namespace, metadata: { repo: text(body, 'repository') ?? '', namespace } }];
};

/** Of a team the namespace is not named. */
const teamPermission =
  (kind: string): Rule =>
  (call, body) => {
    const metadata = { team: param(call, 'teamname'), repo: param(call, 'repository'), role: body.role ?? null };
    return [{ kind, namespace: param(call, 'namespace'), metadata }];
  };

const mirrorFields = [
  ...['sync_interval', 'is_enabled', 'external_reference', 'sync_start_date', 'skopeo_timeout_interval'],
  ...['external_registry_username', 'external_registry_password', 'root_rule'],
];
const mirrorSettings = ['verify_tls', 'unsigned_images'];
const proxySettings = ['http_proxy', 'https_proxy', 'no_proxy'];

/** A row for each field that was sent, whether it differs or not; another robot leaves none. */
const changeMirror: Rule = (call, body) => {
  const { namespace, metadata } = inRepository(call);
  const objectAt = (from: JsonObject, key: string): JsonObject => {
    const value = from[key];
    return isObject(value) ? value : {};
  };
  const settings = objectAt(body, 'external_registry_config');
  const proxy = objectAt(settings, 'proxy');
  const sent = [
    ...mirrorFields.filter((key) => body[key] !== undefined).map((key) => [key, body[key]] as const),
    ...mirrorSettings.filter((key) => settings[key] !== undefined).map((key) => [key, settings[key]] as const),
    ...proxySettings.filter((key) => proxy[key] !== undefined).map((key) => [key, proxy[key]] as const),
  ];
  return sent.map(([key, to]): Row => {
    const changed = key === 'root_rule' ? 'mirror_rule' : key;
    const shown = key === 'external_registry_password' ? '********' : to;
    return { kind: 'repo_mirror_config_changed', namespace, metadata: { ...metadata, changed, to: shown } };
  });
};

const mirrorStep =
  (changed: string, to: string | undefined): Rule =>
  (call, body) => {
    const { namespace, metadata } = inRepository(call);
    const value = to ?? body.external_reference ?? null;
    return [{ kind: 'repo_mirror_config_changed', namespace, metadata: { ...metadata, changed, to: value } }];
  };

const repository = '/api/v1/repository/{repository}';
const users = `${repository}/permissions/user/{username}`;
const teams = `${repository}/permissions/team/{teamname}`;
const organizationMirror = '/api/v1/organization/{orgname}/mirror';

/** Repositories, their permissions and mirrors. */
export const repositoryRules: Readonly<Record<string, Rule>> = {
  'POST /api/v1/repository': create,
  [`PUT ${repository}`]: one('set_repo_description', inRepository, { body: ['description'] }),
  [`DELETE ${repository}`]: one('delete_repo', inRepository),
  [`POST ${repository}/changevisibility`]: one('change_repo_visibility', inRepository, { body: ['visibility'] }),
  [`PUT ${repository}/changestate`]: one('change_repo_state', inRepository, { body: ['state'] }),
  [`PUT ${users}`]: one('change_repo_permission', inRepository, { path: ['username'], body: ['role'] }),
  [`DELETE ${users}`]: one('delete_repo_permission', inRepository, { path: ['username'] }),
  [`PUT ${teams}`]: teamPermission('change_repo_permission'),
  [`DELETE ${teams}`]: teamPermission('delete_repo_permission'),
  [`POST ${repository}/mirror`]: mirrorStep('external_reference', undefined),
  [`PUT ${repository}/mirror`]: changeMirror,
  [`POST ${repository}/mirror/sync-now`]: mirrorStep('sync_status', 'SYNC_NOW'),
  [`POST ${repository}/mirror/sync-cancel`]: mirrorStep('sync_status', 'SYNC_CANCEL'),
  [`POST ${organizationMirror}`]: one('org_mirror_enabled', inOrganization, { body: ['external_reference'] }),
  [`PUT ${organizationMirror}`]: one('org_mirror_config_changed', inOrganization),
  [`DELETE ${organizationMirror}`]: one('org_mirror_disabled', inOrganization),
};
