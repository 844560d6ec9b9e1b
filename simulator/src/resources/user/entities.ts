import { type Call, param } from '../../http/call.js';
import { type ApiResponse, json } from '../../http/message.js';
import { queryFlag, queryText } from '../../http/query.js';
import { type Route, route } from '../../http/route.js';
import { canAdminister, isMember } from '../../auth/permissions.js';
import { type Namespace } from '../../state/model.js';
import { avatar, avatarOf, teamAvatar } from './avatar.js';
import { isOrganizationMember } from '../permission/roles.js';

const most = 10;

/** Searches users, robots and teams whose name begins so. */
function search(call: Call): ApiResponse {
  const prefix = param(call, 'prefix');
  const namespace = call.simulation.state.namespaces.get(queryText(call, 'namespace') ?? '');
  const results = namespace ? [...teams(call, namespace, prefix), ...robots(call, namespace, prefix)] : [];
  const withOrganizations = queryFlag(call, 'includeOrgs', false);
  for (const found of call.simulation.state.namespaces.values()) {
    if (results.length >= most) break;
    if (!found.name.startsWith(prefix)) continue;
    if (!found.organization) results.push(userEntry(found, namespace));
    else if (withOrganizations) results.push(organizationEntry(found));
  }
  return json({ results: results.slice(0, most) });
}

function teams(call: Call, namespace: Namespace, prefix: string): readonly object[] {
  if (!queryFlag(call, 'includeTeams', false) || !isMember(call, namespace.name)) return [];
  return [...namespace.organizationTeams.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .map((team) => ({ name: team.name, kind: 'team', is_org_member: true, avatar: teamAvatar(team) }));
}

function organizationEntry({ name, email }: Namespace): object {
  return { name, kind: 'org', is_org_member: true, avatar: avatar(name, 'org', email) };
}

function robots(call: Call, namespace: Namespace, prefix: string): readonly object[] {
  if (!canAdminister(call, namespace.name)) return [];
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
