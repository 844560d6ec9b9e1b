import { jsonBody } from '../../http/body.js';
import { type Call, param, repositoryPath } from '../../http/call.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { crash, dataError, invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { requireRepositoryRole } from '../../auth/require.js';
import { findAnybody } from '../../state/principals.js';
import { findRepository, setUserRole } from '../../state/repositories.js';
import { type Principal, type Repository } from '../../state/model.js';
import { type RepositoryRole } from '../../state/records.js';
import { avatarOf } from '../user/avatar.js';
import { isOrganizationMember, roleIn, roleSchema } from './roles.js';

const bodySchema: Schema = { required: ['role'], properties: { role: roleSchema } };
const noPermission = 'User does not have permission for repo.';

interface Subject {
  readonly repository: Repository | undefined;
  readonly user: Principal | undefined;
  readonly role: RepositoryRole | undefined;
}

function administered(call: Call): Repository | undefined {
  requireRepositoryRole(call, 'admin');
  const { namespace, name } = repositoryPath(call);
  return findRepository(call.simulation.state, namespace, name);
}

function subject(call: Call): Subject {
  const repository = administered(call);
  const user = findAnybody(call.simulation.state, param(call, 'username'));
  return { repository, user, role: user && repository?.users.get(user) };
}

function view(repository: Repository, user: Principal, role: RepositoryRole): object {
  const { namespace } = repository;
  return {
    role,
    name: user.name,
    is_robot: user.robot,
    avatar: avatarOf(user),
    ...(namespace.organization && { is_org_member: isOrganizationMember(namespace, user) }),
  };
}

/** A missing repository has an empty list. */
function list(call: Call): ApiResponse {
  const repository = administered(call);
  const entries = repository
    ? [...repository.users].map(([user, role]) => [user.name, view(repository, user, role)])
    : [];
  return json({ permissions: Object.fromEntries(entries) as object });
}

function read(call: Call): ApiResponse {
  const { repository, user, role } = subject(call);
  if (!repository || !user || !role) throw dataError(noPermission);
  return json(view(repository, user, role));
}

function put(call: Call): ApiResponse {
  requireRepositoryRole(call, 'admin');
  const body = jsonBody(call, bodySchema);
  const { repository, user } = subject(call);
  if (!user) throw invalidRequest(`Invalid username: ${param(call, 'username')}`);
  const namespace = param(call, 'namespace');
  if (user.name === namespace) throw invalidRequest('Namespace owner must always be admin.');
  if (user.robot && user.namespace.name !== namespace) {
    throw invalidRequest(`Cannot add robot ${user.name} under namespace ${namespace}`);
  }
  if (!repository) throw crash();
  setUserRole(repository, user, roleIn(body));
  return json(view(repository, user, roleIn(body)));
}

function remove(call: Call): ApiResponse {
  const { repository, user, role } = subject(call);
  if (!repository || !user || !role) throw invalidRequest(noPermission);
  repository.users.delete(user);
  user.permissions.delete(repository);
  return noContent();
}

/** What somebody has directly and through teams. */
function transitive(call: Call): ApiResponse {
  const { repository, user, role } = subject(call);
  if (!repository || !user) throw notFound();
  const throughTeams = [...repository.teams].filter(([team]) => team.members.has(user)).map(([, teamRole]) => teamRole);
  const roles = role ? [role, ...throughTeams] : throughTeams;
  if (roles.length === 0) throw notFound();
  return json({ permissions: roles.map((entry) => ({ role: entry })) });
}

const usersPath = '/api/v1/repository/{repository}/permissions/user/';

/** Direct permissions of users and robots on a repository. */
export const userPermissionRoutes: readonly Route[] = [
  route(usersPath, { GET: list }),
  route(`${usersPath}{username}`, { GET: read, PUT: put, DELETE: remove }),
  route(`${usersPath}{username}/transitive`, { GET: transitive }),
];
