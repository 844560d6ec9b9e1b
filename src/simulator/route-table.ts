import type { Matcher } from './api/match.js';
import { createMatcher } from './api/match.js';
import type { Route } from './api/route.js';
import { enabledRoutes } from './api/route.js';
import type { Features } from './features.js';
import { configRoutes } from './resources/config.js';
import { discoveryRoute } from './resources/discovery.js';
import { organizationMemberRoutes } from './resources/organization-members.js';
import { organizationRobotRoutes } from './resources/organization-robots.js';
import { organizationRoutes } from './resources/organizations.js';
import { prototypeRoutes } from './resources/prototypes.js';
import { repositoryRoutes } from './resources/repositories.js';
import { repositoryStateRoutes } from './resources/repository-state.js';
import { teamInviteRoutes } from './resources/team-invites.js';
import { teamMemberRoutes } from './resources/team-members.js';
import { teamPermissionRoutes } from './resources/team-permissions.js';
import { teamRoutes } from './resources/teams.js';
import { unmodelledRoutes } from './resources/unmodelled.js';
import { userPermissionRoutes } from './resources/user-permissions.js';
import { userRobotRoutes } from './resources/user-robots.js';
import { userRoutes } from './resources/user.js';

const ROUTES: readonly Route[] = [
  ...configRoutes,
  ...organizationRoutes,
  ...organizationMemberRoutes,
  ...organizationRobotRoutes,
  ...prototypeRoutes,
  ...teamRoutes,
  ...teamMemberRoutes,
  ...teamInviteRoutes,
  ...repositoryRoutes,
  ...repositoryStateRoutes,
  ...userPermissionRoutes,
  ...teamPermissionRoutes,
  ...userRoutes,
  ...userRobotRoutes,
  ...unmodelledRoutes,
];

/** The routes that these features leave. */
export function routesFor(features: Features): Matcher {
  const enabled = enabledRoutes(ROUTES, features);
  return createMatcher([...enabled, discoveryRoute(enabled)]);
}
