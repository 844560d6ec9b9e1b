import type { Matcher } from './http/match.js';
import { createMatcher } from './http/match.js';
import type { Route } from './http/route.js';
import { enabledRoutes } from './http/route.js';
import type { Features } from './features.js';
import { applicationTokenRoutes } from './resources/application-tokens.js';
import { applicationRoutes } from './resources/applications.js';
import { autoPruneRoutes } from './resources/auto-prune.js';
import { configRoutes } from './resources/config.js';
import { discoveryRoute } from './resources/discovery.js';
import { entityRoutes } from './resources/entities.js';
import { immutabilityRoutes } from './resources/immutability.js';
import { labelRoutes } from './resources/labels.js';
import { messageRoutes } from './resources/messages.js';
import { mirrorRoutes } from './resources/mirror.js';
import { namespaceNotificationRoutes } from './resources/namespace-notifications.js';
import { notificationRoutes } from './resources/notifications.js';
import { organizationMemberRoutes } from './resources/organization-members.js';
import { organizationMirrorRoutes } from './resources/organization-mirror.js';
import { organizationQuotaRoutes } from './resources/organization-quotas.js';
import { organizationRobotRoutes } from './resources/organization-robots.js';
import { organizationRoutes } from './resources/organizations.js';
import { ownThingRoutes } from './resources/own-things.js';
import { prototypeRoutes } from './resources/prototypes.js';
import { proxyCacheRoutes } from './resources/proxy-cache.js';
import { quotaLimitRoutes } from './resources/quota-limits.js';
import { registryRoutes } from './resources/registry.js';
import { repositoryRoutes } from './resources/repositories.js';
import { repositoryStateRoutes } from './resources/repository-state.js';
import { superuserOrganizationRoutes } from './resources/superuser-organizations.js';
import { superuserQuotaRoutes } from './resources/superuser-quotas.js';
import { superuserUserRoutes } from './resources/superuser-users.js';
import { tagRoutes } from './resources/tags.js';
import { teamInviteRoutes } from './resources/team-invites.js';
import { teamMemberRoutes } from './resources/team-members.js';
import { teamPermissionRoutes } from './resources/team-permissions.js';
import { teamSyncRoutes } from './resources/team-sync.js';
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
  ...teamSyncRoutes,
  ...repositoryRoutes,
  ...repositoryStateRoutes,
  ...userPermissionRoutes,
  ...teamPermissionRoutes,
  ...userRoutes,
  ...userRobotRoutes,
  ...organizationQuotaRoutes,
  ...quotaLimitRoutes,
  ...superuserQuotaRoutes,
  ...autoPruneRoutes,
  ...immutabilityRoutes,
  ...mirrorRoutes,
  ...organizationMirrorRoutes,
  ...proxyCacheRoutes,
  ...notificationRoutes,
  ...namespaceNotificationRoutes,
  ...applicationRoutes,
  ...applicationTokenRoutes,
  ...superuserOrganizationRoutes,
  ...superuserUserRoutes,
  ...registryRoutes,
  ...messageRoutes,
  ...tagRoutes,
  ...labelRoutes,
  ...ownThingRoutes,
  ...entityRoutes,
  ...unmodelledRoutes,
];

/** The routes that these features leave. */
export function routesFor(features: Features): Matcher {
  const enabled = enabledRoutes(ROUTES, features);
  return createMatcher([...enabled, discoveryRoute(enabled)]);
}
