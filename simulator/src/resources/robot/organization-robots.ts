import { type Call, param } from '../../http/call.js';
import { dataError } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { canAdminister } from '../../auth/permissions.js';
import { requireMembership, requireOrganizationAdmin, requireUserAdmin } from '../../auth/require.js';
import { findOrganization } from '../../state/namespaces.js';
import { type Namespace, type Robot } from '../../state/model.js';
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

/** The organization whose robots are meant; unlike elsewhere a missing one is an error of the data layer. */
function parent(call: Call): Namespace {
  requireOrganizationAdmin(call);
  const name = param(call, 'orgname');
  const organization = findOrganization(call.simulation.state, name);
  if (!organization) throw dataError(`Organization does not exist: ${name}`);
  return organization;
}

function administeredRobot(call: Call): Robot {
  requireOrganizationAdmin(call);
  return robotOf(call, param(call, 'orgname'));
}

const robotsPath = '/api/v1/organization/{orgname}/robots';

/** Robots of organizations. */
export const organizationRobotRoutes: readonly Route[] = [
  route(robotsPath, {
    GET: (call) => {
      requireMembership(call);
      const organization = param(call, 'orgname');
      return listRobots(call, organization, canAdminister(call, organization));
    },
  }),
  route(`${robotsPath}/{robot_shortname}`, {
    GET: (call) => readRobot(robotOf(call, parent(call).name)),
    PUT: (call) => createRobot(call, parent),
    DELETE: (call) => removeRobot(call, administeredRobot(call)),
  }),
  route(`${robotsPath}/{robot_shortname}/permissions`, {
    GET: (call) => {
      requireUserAdmin(call);
      return robotPermissions(administeredRobot(call));
    },
  }),
  route(`${robotsPath}/{robot_shortname}/regenerate`, {
    POST: (call) => regenerateToken(call, administeredRobot(call)),
  }),
  route(`${robotsPath}/{robot_shortname}/federation`, {
    GET: (call) => readFederation(administeredRobot(call)),
    POST: (call) => replaceFederation(call, administeredRobot),
    DELETE: (call) => clearFederation(administeredRobot(call)),
  }),
];
