import { jsonBody } from '../../http/body.js';
import { type Call, param, repositoryPath } from '../../http/call.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { crash, dataError, invalidRequest } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { requireRepositoryRole } from '../../auth/require.js';
import { findOrganization } from '../../state/namespaces.js';
import { findRepository, setTeamRole } from '../../state/repositories.js';
import { type Repository, type Team } from '../../state/model.js';
import { type RepositoryRole } from '../../state/records.js';
import { teamAvatar } from '../user/avatar.js';
import { roleIn, roleSchema } from './roles.js';

const bodySchema: Schema = { required: ['role'], properties: { role: roleSchema } };
const noPermission = 'Team does not have permission for repo.';

interface Subject {
  readonly repository: Repository | undefined;
  readonly team: Team | undefined;
  readonly role: RepositoryRole | undefined;
}

function subject(call: Call): Subject {
  requireRepositoryRole(call, 'admin');
  const { namespace, name } = repositoryPath(call);
  const repository = findRepository(call.simulation.state, namespace, name);
  const team = findOrganization(call.simulation.state, namespace)?.organizationTeams.get(param(call, 'teamname'));
  return { repository, team, role: team && repository?.teams.get(team) };
}

function view(team: Team, role: RepositoryRole): object {
  return { role, name: team.name, avatar: teamAvatar(team) };
}

/** A missing repository has an empty list. */
function list(call: Call): ApiResponse {
  const { repository } = subject(call);
  const entries = [...(repository?.teams ?? [])].map(([team, role]) => [team.name, view(team, role)]);
  return json({ permissions: Object.fromEntries(entries) as object });
}

function read(call: Call): ApiResponse {
  const { role } = subject(call);
  if (!role) throw dataError(noPermission);
  return json({ role });
}

function put(call: Call): ApiResponse {
  requireRepositoryRole(call, 'admin');
  const body = jsonBody(call, bodySchema);
  const { repository, team } = subject(call);
  if (!team) throw invalidRequest(`No team ${param(call, 'teamname')} in organization ${param(call, 'namespace')}`);
  if (!repository) throw crash();
  setTeamRole(repository, team, roleIn(body));
  return json(view(team, roleIn(body)));
}

function remove(call: Call): ApiResponse {
  const { repository, team, role } = subject(call);
  if (!repository || !team || !role) throw invalidRequest(noPermission);
  repository.teams.delete(team);
  team.permissions.delete(repository);
  return noContent();
}

const teamsPath = '/api/v1/repository/{repository}/permissions/team/';

/** Permissions of teams on a repository. */
export const teamPermissionRoutes: readonly Route[] = [
  route(teamsPath, { GET: list }),
  route(`${teamsPath}{teamname}`, { GET: read, PUT: put, DELETE: remove }),
];
