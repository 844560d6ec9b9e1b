import type { Call } from '../api/call.js';
import { param } from '../api/call.js';
import type { ApiResponse } from '../api/message.js';
import { json } from '../api/message.js';
import { queryFlag, queryText } from '../api/query.js';
import type { Route } from '../api/route.js';
import { route } from '../api/route.js';
import { canAdminister, isMember } from '../auth/permissions.js';
import type { Namespace } from '../state/model.js';
import { avatar, avatarOf, teamAvatar } from './avatar.js';
import { isOrganizationMember } from './roles.js';

const MOST = 10;

/** Searches users, robots and teams whose name begins so. */
function search(call: Call): ApiResponse {
  const prefix = param(call, 'prefix');
  const namespace = call.world.state.namespaces.get(queryText(call, 'namespace') ?? '');
  const results: object[] = [];
  if (namespace && queryFlag(call, 'includeTeams', false) && isMember(call, namespace.name)) {
    for (const team of namespace.organizationTeams.values()) {
      if (team.name.startsWith(prefix)) {
        results.push({ name: team.name, kind: 'team', is_org_member: true, avatar: teamAvatar(team) });
      }
    }
  }
  if (namespace && canAdminister(call, namespace.name)) results.push(...robots(namespace, prefix));
  for (const found of call.world.state.namespaces.values()) {
    if (results.length >= MOST) break;
    if (!found.name.startsWith(prefix)) continue;
    if (!found.organization) results.push(userEntry(found, namespace));
    else if (queryFlag(call, 'includeOrgs', false)) {
      results.push({
        name: found.name,
        kind: 'org',
        is_org_member: true,
        avatar: avatar(found.name, 'org', found.email),
      });
    }
  }
  return json({ results: results.slice(0, MOST) });
}

function robots(namespace: Namespace, prefix: string): readonly object[] {
  return [...namespace.robots.values()]
    .filter(({ name }) => name.startsWith(prefix) || name.startsWith(`${namespace.name}+${prefix}`))
    .map((robot) => ({ name: robot.name, kind: 'user', is_robot: true, is_org_member: true, avatar: avatarOf(robot) }));
}

function userEntry(user: Namespace, namespace: Namespace | undefined): object {
  return {
    name: user.name,
    kind: 'user',
    is_robot: false,
    avatar: avatarOf(user),
    ...(namespace?.organization && { is_org_member: isOrganizationMember(namespace, user) }),
  };
}

/** The search behind input fields. */
export const entityRoutes: readonly Route[] = [route('/api/v1/entities/{prefix}', { GET: search })];
