import type { Call } from '../../http/call.js';
import type { Route } from '../../http/route.js';
import { route } from '../../http/route.js';
import { requireUserAdmin } from '../../auth/require.js';
import type { Robot } from '../../state/model.js';
import { clearFederation, readFederation, replaceFederation } from './federation.js';
import {
  createRobot,
  listRobots,
  readRobot,
  regenerateToken,
  removeRobot,
  robotOf,
  robotPermissions,
} from './robots.js';

function ownRobot(call: Call): Robot {
  return robotOf(call, requireUserAdmin(call).name);
}

const ROBOTS = '/api/v1/user/robots';

/** Robots of the user behind the token. */
export const userRobotRoutes: readonly Route[] = [
  route(ROBOTS, { GET: (call) => listRobots(call, requireUserAdmin(call).name, true) }),
  route(`${ROBOTS}/{robot_shortname}`, {
    GET: (call) => readRobot(ownRobot(call)),
    PUT: (call) => createRobot(call, requireUserAdmin),
    DELETE: (call) => removeRobot(call, ownRobot(call)),
  }),
  route(`${ROBOTS}/{robot_shortname}/permissions`, { GET: (call) => robotPermissions(ownRobot(call)) }),
  route(`${ROBOTS}/{robot_shortname}/regenerate`, { POST: (call) => regenerateToken(call, ownRobot(call)) }),
  route(`${ROBOTS}/{robot_shortname}/federation`, {
    GET: (call) => readFederation(ownRobot(call)),
    POST: (call) => replaceFederation(call, ownRobot),
    DELETE: (call) => clearFederation(ownRobot(call)),
  }),
];
