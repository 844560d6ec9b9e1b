import { type ClusterId, robotName, secretName } from '../names/index.js';
import { isObject, type Json, type JsonObject } from '../state/index.js';

/**
 * An overlay whose robots for service accounts have their names: `pullSecret: {serviceAccount: pipeline}` says it all, since
 * both the robot and its Secret have to be called after the account.
 */
export function namedRobots(overlay: JsonObject, id: ClusterId): JsonObject {
  const { spec } = overlay;
  if (!isObject(spec) || !isList(spec['robots'])) return overlay;
  const robots = spec['robots'].map((robot) => (isObject(robot) ? named(robot, id) : robot));
  return { ...overlay, spec: { ...spec, robots } };
}

function named(robot: JsonObject, id: ClusterId): JsonObject {
  const { pullSecret } = robot;
  const account = isObject(pullSecret) ? pullSecret['serviceAccount'] : undefined;
  if (!isObject(pullSecret) || typeof account !== 'string' || account === '') return robot;
  return { name: robotName(account), ...robot, pullSecret: { name: secretName(account, id), ...pullSecret } };
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
