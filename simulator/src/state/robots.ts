import { type JsonObject } from '../http/json.js';
import { type Random } from '../random.js';
import { type Namespace, type Robot } from './model.js';
import { type State, takeId } from './state.js';
import { addToIndex, matching, removeFromIndex } from './wildcard.js';

const tokenLength = 64;

interface NewRobot {
  readonly name: string;
  readonly description: string;
  readonly metadata: JsonObject | undefined;
  readonly created: Date;
}

/** Adds a robot; the name is the full one. */
export function addRobot(state: State, random: Random, namespace: Namespace, robot: NewRobot): Robot {
  const added: Robot = {
    ...robot,
    id: takeId(state),
    robot: true,
    namespace,
    token: newToken(random),
    federation: [],
    teams: new Set(),
    permissions: new Map(),
    prototypes: new Set(),
    mirrors: new Set(),
  };
  state.robots.set(added.name, added);
  namespace.robots.set(added.name, added);
  if (namespace.robots.size === 1) addToIndex(state.robotOwners, namespace);
  return added;
}

/** A token as robots have them. */
export function newToken(random: Random): string {
  return random.characters(tokenLength);
}

/** Robots whose full name is LIKE `<name>+%`, `_` not escaped and case not minded: as the real server selects them. */
export function robotsLike(state: State, name: string): readonly Robot[] {
  const pattern = name.toLowerCase();
  if (!pattern.includes('_')) return [...(state.namespaces.get(pattern)?.robots.values() ?? [])];
  const found: Robot[] = [];
  for (const namespace of matching(state.robotOwners, pattern)) found.push(...namespace.robots.values());
  return found;
}

/** Deletes a robot with its permissions, memberships, default permissions and the organization mirror that uses it. */
export function deleteRobot(state: State, robot: Robot): void {
  for (const repository of robot.permissions.keys()) repository.users.delete(robot);
  for (const team of robot.teams) team.members.delete(robot);
  for (const prototype of robot.prototypes) prototype.organization.organizationPrototypes.delete(prototype.id);
  const { namespace } = robot;
  if (namespace.mirror?.robot === robot) namespace.mirror = undefined;
  state.robots.delete(robot.name);
  if (namespace.robots.size === 1) removeFromIndex(state.robotOwners, namespace);
  namespace.robots.delete(robot.name);
}
