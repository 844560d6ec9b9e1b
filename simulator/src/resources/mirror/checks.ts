import { type Call } from '../../http/call.js';
import { type JsonObject, object, text, texts } from '../../http/json.js';
import { crash, dataError, detail, invalidRequest } from '../../http/refusal.js';
import { checkRegistryHost, hostOf } from '../../rules/registry-host.js';
import { type Repository, type Robot } from '../../state/model.js';
import { setUserRole } from '../../state/repositories.js';
import { isIsoDate } from '../dates.js';

/** Refuses an external reference that has a scheme, is internal or does not resolve. */
export function checkReference(reference: string | undefined): void {
  if (reference === undefined) return;
  if (reference === '') throw detail('Empty string is an invalid repository location.');
  if (reference.includes('://')) {
    throw invalidRequest('External registry reference must not include a URL scheme');
  }
  checkRegistryHost(hostOf(reference), 'location');
}

/** Refuses a start that is not exactly a date of the one format. */
export function checkStart(start: string | undefined): void {
  if (start !== undefined && !isIsoDate(start)) throw detail('Incorrect DateTime format for sync_start_date.');
}

/** The tag patterns of a rule. */
export function patternsIn(body: JsonObject): readonly string[] {
  const patterns = texts(object(body, 'root_rule'), 'rule_value');
  if (patterns.length === 0) {
    throw invalidRequest('validation failed: rule_value for TAG_GLOB_CSV must be a list with at least one rule');
  }
  return patterns;
}

/** Refuses a filter of architectures while sparse indexes are off. */
export function checkArchitectures(call: Call, body: JsonObject): void {
  if (body.architecture_filter === undefined || call.simulation.features.SPARSE_INDEX === true) return;
  if (texts(body, 'architecture_filter').length === 0) return;
  throw detail('Architecture filtering requires FEATURE_SPARSE_INDEX to be enabled.');
}

/** The robot that a mirror is to work as, which gets write on the repository. */
export function mirrorRobot(call: Call, repository: Repository, body: JsonObject): Robot {
  const name = text(body, 'robot_username');
  if (name === undefined) throw crash();
  const robot = call.simulation.state.robots.get(name);
  if (!robot) throw dataError('Could not find robot with specified username');
  if (robot.namespace !== repository.namespace) throw dataError('Invalid robot');
  const role = repository.users.get(robot);
  if (role === undefined || role === 'read') setUserRole(repository, robot, 'write');
  return robot;
}
