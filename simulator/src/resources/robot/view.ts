import { type Robot } from '../../state/model.js';
import { teamAvatar } from '../user/avatar.js';
import { mailDate } from '../dates.js';

/** A robot as lists and regenerations show it. */
export function robotView(robot: Robot, more: { readonly token: boolean; readonly permissions?: boolean }): object {
  return {
    name: robot.name,
    created: mailDate(robot.created),
    last_accessed: null,
    ...(more.permissions && {
      teams: [...robot.teams].map((team) => ({ name: team.name, avatar: teamAvatar(team) })),
      repositories: [...robot.permissions.keys()].map(({ name }) => name),
    }),
    description: robot.description,
    ...(more.token && { token: robot.token }),
  };
}

/** A robot on its own; `metadata` is what its creation echoes instead of what is read later. */
export function singleRobotView(robot: Robot, metadata: unknown = robot.metadata ?? {}): object {
  return { ...robotView(robot, { token: true }), unstructured_metadata: metadata };
}
