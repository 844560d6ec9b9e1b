import { type Call } from '../../http/call.js';
import { type Route, route } from '../../http/route.js';
import { requireUserAdmin } from '../../auth/require.js';
import { type Robot } from '../../state/model.js';
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

const robotsPath = '/api/v1/user/robots';

/** Robots of the user behind the token. */
export const userRobotRoutes: readonly Route[] = [
  route(robotsPath, { GET: (call) => listRobots(call, requireUserAdmin(call).name, true) }),
  route(`${robotsPath}/{robot_shortname}`, {
    GET: (call) => readRobot(ownRobot(call)),
    PUT: (call) => createRobot(call, requireUserAdmin),
    DELETE: (call) => removeRobot(call, ownRobot(call)),
  }),
  route(`${robotsPath}/{robot_shortname}/permissions`, { GET: (call) => robotPermissions(ownRobot(call)) }),
  route(`${robotsPath}/{robot_shortname}/regenerate`, { POST: (call) => regenerateToken(call, ownRobot(call)) }),
  route(`${robotsPath}/{robot_shortname}/federation`, {
    GET: (call) => readFederation(ownRobot(call)),
    POST: (call) => replaceFederation(call, ownRobot),
    DELETE: (call) => clearFederation(ownRobot(call)),
  }),
];
