import { optionalJsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { isObject, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { queryFlag, queryInteger } from '../../http/query.js';
import { crash, dataError, invalidRequest } from '../../http/refusal.js';
import { nameIssue } from '../../rules/names.js';
import { addRobot, deleteRobot, newToken, robotsLike } from '../../state/robots.js';
import { type Namespace, type Robot } from '../../state/model.js';
import { robotView, singleRobotView } from './view.js';

const longestFullName = 255;

const creationSchema: Schema = {
  properties: {
    description: { type: 'string', maxLength: 255 },
    unstructured_metadata: { type: 'object' },
  },
};

/** Robots of this namespace, tokens and permissions as asked for. */
export function listRobots(call: Call, namespace: string, mayReadTokens: boolean): ApiResponse {
  const limit = queryInteger(call, 'limit', 'If specified, the number of robots to return.') ?? 0;
  const view = {
    token: mayReadTokens && queryFlag(call, 'token', true),
    permissions: queryFlag(call, 'permissions', false),
  };
  if (limit < 0) throw crash();
  const robots = robotsLike(call.simulation.state, namespace);
  return json({ robots: (limit > 0 ? robots.slice(0, limit) : robots).map((robot) => robotView(robot, view)) });
}

/** Creates a robot; there is no way to change one. */
export function createRobot(call: Call, parent: (call: Call) => Namespace): ApiResponse {
  const body = optionalJsonBody(call, creationSchema);
  const namespace = parent(call);
  const { state, random, clock } = call.simulation;
  const shortName = param(call, 'robot_shortname');
  const issue = nameIssue(shortName);
  if (issue) throw invalidRequest(`The name for the robot '${shortName}' is invalid: ${issue}`);
  const name = `${namespace.name}+${shortName}`;
  if (state.robots.has(name)) throw invalidRequest(`Existing robot with name: ${name}`);
  if ([...name].length > longestFullName) throw dataError('value too long for type character varying(255)\n');
  const metadata = isObject(body.unstructured_metadata) ? body.unstructured_metadata : undefined;
  const description = text(body, 'description') ?? '';
  const robot = addRobot(state, random, namespace, { name, description, metadata, created: clock() });
  return json(singleRobotView(robot, metadata ?? null), 201);
}

/** One robot. */
export function readRobot(robot: Robot): ApiResponse {
  return json(singleRobotView(robot));
}

/** Deletes a robot, unless a repository mirror works as it. */
export function removeRobot(call: Call, robot: Robot): ApiResponse {
  if (robot.mirrors.size > 0) throw invalidRequest('Robot is being used by a mirror');
  deleteRobot(call.simulation.state, robot);
  return noContent();
}

/** Gives a robot another token; the old one is dead at once. */
export function regenerateToken(call: Call, robot: Robot): ApiResponse {
  robot.token = newToken(call.simulation.random);
  return json(robotView(robot, { token: true }));
}

/** The direct permissions of a robot; deleted repositories still show, under a uuid. */
export function robotPermissions(robot: Robot): ApiResponse {
  const permissions = [...robot.permissions].map(([repository, role]) => ({
    repository: { name: repository.name, is_public: repository.visibility === 'public' },
    role,
  }));
  return json({ permissions });
}

/** The robot of the path below this namespace. */
export function robotOf(call: Call, namespace: string): Robot {
  const robot = call.simulation.state.robots.get(`${namespace}+${param(call, 'robot_shortname')}`);
  if (!robot) throw dataError('Could not find robot with specified username');
  return robot;
}
