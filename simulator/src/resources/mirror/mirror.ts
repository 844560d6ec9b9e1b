import { jsonBody } from '../../http/body.js';
import { type Call } from '../../http/call.js';
import { object, text } from '../../http/json.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { crash, detail, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { existingRepository, requireRepositoryRole } from '../../auth/require.js';
import { type Repository, type RepositoryMirror } from '../../state/model.js';
import { changeMirror } from './change.js';
import { checkArchitectures, checkReference, checkStart, mirrorRobot, patternsIn } from './checks.js';
import { changedMirrorSchema, mirrorKeys, newMirrorSchema } from './schema.js';

const mirrorRetries = 3;

function repositoryOf(call: Call): Repository {
  requireRepositoryRole(call, 'admin');
  return existingRepository(call);
}

function mirrorOf(repository: Repository): RepositoryMirror {
  if (!repository.mirror) throw notFound();
  return repository.mirror;
}

function read(call: Call): ApiResponse {
  const { settings, registryConfig, robot, rule, status, retries } = mirrorOf(repositoryOf(call));
  return json({
    is_enabled: settings.is_enabled ?? true,
    mirror_type: 'PULL',
    external_reference: settings.external_reference,
    external_registry_username: settings.external_registry_username ?? null,
    external_registry_config: registryConfig,
    sync_interval: settings.sync_interval,
    sync_start_date: settings.sync_start_date,
    sync_expiration_date: null,
    sync_retries_remaining: retries,
    sync_status: status,
    root_rule: { rule_kind: 'tag_glob_csv', rule_value: rule.patterns },
    robot_username: robot.name,
    skopeo_timeout_interval: settings.skopeo_timeout_interval,
    architecture_filter: settings.architecture_filter ?? [],
  });
}

function create(call: Call): ApiResponse {
  requireRepositoryRole(call, 'admin');
  const body = jsonBody(call, newMirrorSchema);
  const repository = existingRepository(call);
  const { namespace, name } = repository;
  if (namespace.mirror) throw detail('Repository mirroring is managed by organization-level mirroring');
  if (repository.mirror)
    throw detail(`Mirror configuration already exits for repository ${namespace.name}/${name}`, 409);
  checkReference(text(body, 'external_reference'));
  checkArchitectures(call, body);
  checkStart(text(body, 'sync_start_date'));
  // The rule is stored before robot and keys are looked at, and stays when they are refused.
  const rule = { patterns: patternsIn(body) };
  repository.mirrorRules.push(rule);
  const robot = mirrorRobot(call, repository, body);
  if (Object.keys(body).some((key) => !mirrorKeys.has(key))) throw crash();
  const { external_registry_password: _password, root_rule: _rule, ...settings } = body;
  const registryConfig = object(body, 'external_registry_config');
  repository.mirror = { settings, registryConfig, robot, rule, status: 'NEVER_RUN', retries: mirrorRetries };
  robot.mirrors.add(repository);
  repository.state = 'MIRROR';
  return json('', 201);
}

function change(call: Call): ApiResponse {
  requireRepositoryRole(call, 'admin');
  const body = jsonBody(call, changedMirrorSchema);
  const repository = existingRepository(call);
  changeMirror(call, repository, mirrorOf(repository), body);
  return json('', 201);
}

function syncNow(call: Call): ApiResponse {
  const mirror = mirrorOf(repositoryOf(call));
  if (mirror.status === 'SYNCING') throw notFound();
  mirror.status = 'SYNC_NOW';
  mirror.retries = Math.max(mirror.retries, 1);
  return noContent();
}

function cancel(call: Call): ApiResponse {
  const mirror = mirrorOf(repositoryOf(call));
  if (mirror.status !== 'SYNCING' && mirror.status !== 'SYNC_NOW') throw notFound();
  mirror.status = 'CANCEL';
  mirror.retries = 0;
  return noContent();
}

const mirrorPath = '/api/v1/repository/{repository}/mirror';

/** Mirroring of single repositories. There is no way to end it but to delete the repository. */
export const mirrorRoutes: readonly Route[] = [
  route(mirrorPath, { GET: read, POST: create, PUT: change }, { features: ['REPO_MIRROR'] }),
  route(`${mirrorPath}/sync-now`, { POST: syncNow }, { features: ['REPO_MIRROR'] }),
  route(`${mirrorPath}/sync-cancel`, { POST: cancel }, { features: ['REPO_MIRROR'] }),
];
