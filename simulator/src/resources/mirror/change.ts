import { type Call } from '../../http/call.js';
import { isObject, type JsonObject, text } from '../../http/json.js';
import { detail } from '../../http/refusal.js';
import { type Repository, type RepositoryMirror } from '../../state/model.js';
import { checkArchitectures, checkReference, checkStart, mirrorRobot, patternsIn } from './checks.js';

const proxyKeys = ['http_proxy', 'https_proxy', 'no_proxy'];

/** Changes the given fields of a mirror, one after the other and without a transaction. */
export function changeMirror(call: Call, repository: Repository, mirror: RepositoryMirror, body: JsonObject): void {
  checkArchitectures(call, body);
  set(mirror, body, 'is_enabled');
  checkReference(text(body, 'external_reference'));
  set(mirror, body, 'external_reference');
  if (body.robot_username !== undefined) changeRobot(call, repository, mirror, body);
  checkStart(text(body, 'sync_start_date'));
  set(mirror, body, 'sync_start_date');
  set(mirror, body, 'sync_interval');
  changeCredentials(mirror, body);
  if (isObject(body.external_registry_config)) changeRegistryConfig(mirror, body.external_registry_config);
  if (body.root_rule !== undefined) {
    const [first] = repository.mirrorRules;
    if (first) first.patterns = patternsIn(body);
  }
  set(mirror, body, 'skopeo_timeout_interval');
  set(mirror, body, 'architecture_filter');
}

function set(mirror: RepositoryMirror, body: JsonObject, key: string): void {
  if (body[key] !== undefined) mirror.settings = { ...mirror.settings, [key]: body[key] };
}

function changeRobot(call: Call, repository: Repository, mirror: RepositoryMirror, body: JsonObject): void {
  const robot = mirrorRobot(call, repository, body);
  mirror.robot.mirrors.delete(repository);
  mirror.robot = robot;
  robot.mirrors.add(repository);
}

function changeCredentials(mirror: RepositoryMirror, body: JsonObject): void {
  const { external_registry_username: username, external_registry_password: password } = body;
  if (username === null && password !== undefined && password !== null) {
    throw detail('Unable to delete username while setting a password.');
  }
  if (password !== undefined && username === undefined) {
    throw detail('Unable to set a new password without also specifying a username.');
  }
  set(mirror, body, 'external_registry_username');
}

/** Lays the changes over the stored settings, key by key: without stored proxy settings the first key gets lost. */
function changeRegistryConfig(mirror: RepositoryMirror, changes: JsonObject): void {
  for (const key of ['verify_tls', 'unsigned_images']) {
    if (changes[key] !== undefined) mirror.registryConfig = { ...mirror.registryConfig, [key]: changes[key] };
  }
  const { proxy } = changes;
  for (const key of isObject(proxy) ? proxyKeys : []) {
    if (!isObject(proxy) || proxy[key] === undefined) continue;
    const stored = mirror.registryConfig.proxy;
    const merged = isObject(stored) ? { ...stored, [key]: proxy[key] } : {};
    mirror.registryConfig = { ...mirror.registryConfig, proxy: merged };
  }
}
