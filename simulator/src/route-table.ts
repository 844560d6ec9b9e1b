import { createMatcher, type Matcher } from './http/match.js';
import { enabledRoutes, type Route } from './http/route.js';
import { type Features } from './features.js';
import { auditLogRoutes } from './resources/registry/audit-log.js';
import { applicationTokenRoutes } from './resources/application/tokens.js';
import { applicationRoutes } from './resources/application/applications.js';
import { autoPruneRoutes } from './resources/policy/auto-prune.js';
import { configRoutes } from './resources/registry/config.js';
import { discoveryRoute } from './resources/registry/discovery.js';
import { entityRoutes } from './resources/user/entities.js';
import { immutabilityRoutes } from './resources/policy/immutability.js';
import { labelRoutes } from './resources/repository/labels.js';
import { messageRoutes } from './resources/registry/messages.js';
import { mirrorRoutes } from './resources/mirror/mirror.js';
import { namespaceNotificationRoutes } from './resources/notification/namespace-notifications.js';
import { notificationRoutes } from './resources/notification/notifications.js';
import { organizationMemberRoutes } from './resources/organization/members.js';
import { organizationMirrorRoutes } from './resources/mirror/organization-mirror.js';
import { organizationQuotaRoutes } from './resources/quota/organization-quotas.js';
import { organizationRobotRoutes } from './resources/robot/organization-robots.js';
import { organizationRoutes } from './resources/organization/organizations.js';
import { ownResourceRoutes } from './resources/user/own-things.js';
import { prototypeRoutes } from './resources/permission/prototypes.js';
import { proxyCacheRoutes } from './resources/organization/proxy-cache.js';
import { quotaLimitRoutes } from './resources/quota/limits.js';
import { registryRoutes } from './resources/registry/image-tokens.js';
import { repositoryRoutes } from './resources/repository/repositories.js';
import { repositoryStateRoutes } from './resources/repository/state.js';
import { superuserOrganizationRoutes } from './resources/superuser/organizations.js';
import { superuserQuotaRoutes } from './resources/quota/superuser-quotas.js';
import { superuserUserRoutes } from './resources/superuser/users.js';
import { tagRoutes } from './resources/repository/tags.js';
import { teamInviteRoutes } from './resources/team/invites.js';
import { teamMemberRoutes } from './resources/team/members.js';
import { teamPermissionRoutes } from './resources/permission/team-permissions.js';
import { teamSyncRoutes } from './resources/team/sync.js';
import { teamRoutes } from './resources/team/teams.js';
import { unmodelledRoutes } from './resources/registry/unmodelled.js';
import { userPermissionRoutes } from './resources/permission/user-permissions.js';
import { userRobotRoutes } from './resources/robot/user-robots.js';
import { userRoutes } from './resources/user/user.js';

const allRoutes: readonly Route[] = [
  ...configRoutes,
  ...organizationRoutes,
  ...organizationMemberRoutes,
  ...auditLogRoutes,
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
  ...ownResourceRoutes,
  ...entityRoutes,
  ...unmodelledRoutes,
];

/** The routes that these features leave. */
export function routesFor(features: Features): Matcher {
  const enabled = enabledRoutes(allRoutes, features);
  return createMatcher([...enabled, discoveryRoute(enabled)]);
}
