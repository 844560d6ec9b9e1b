import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { crash, dataError, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { canViewTeam } from '../../auth/permissions.js';
import { requireOrganizationAdmin, requireUser } from '../../auth/require.js';
import { nameIssue } from '../../rules/names.js';
import { findOrganization } from '../../state/namespaces.js';
import { type Namespace, type Team } from '../../state/model.js';
import { type TeamRole } from '../../state/records.js';
import { addTeam, adminTeamsOf, deleteTeam } from '../../state/teams.js';
import { teamAvatar } from '../user/avatar.js';

const teamSchema: Schema = {
  required: ['role'],
  properties: {
    role: { type: 'string', enum: ['member', 'creator', 'admin'] },
    description: { type: 'string' },
  },
};

/** The team of the path, if both it and its organization exist. */
export function findTeam(call: Call): Team | undefined {
  const organization = findOrganization(call.simulation.state, param(call, 'orgname'));
  return organization?.organizationTeams.get(param(call, 'teamname'));
}

/** The team of the path. */
export function existingTeam(call: Call): Team {
  const team = findTeam(call);
  if (!team) throw notFound();
  return team;
}

function put(call: Call): ApiResponse {
  const body = jsonBody(call, teamSchema);
  requireOrganizationAdmin(call);
  const role = body.role === 'admin' || body.role === 'creator' ? body.role : 'member';
  const description = text(body, 'description');
  const known = findTeam(call);
  if (known) {
    known.description = description ?? known.description;
    changeRole(call, known, role);
  }
  const team = known ?? create(call, role, description ?? '');
  return json(teamView(call, team, !known));
}

/** A team as its own calls show it. */
export function teamView(call: Call, team: Team, isNew = false): object {
  return {
    name: team.name,
    description: team.description,
    can_view: canViewTeam(call, team, team.organization.name),
    role: team.role,
    avatar: teamAvatar(team),
    new_team: isNew,
  };
}

function create(call: Call, role: TeamRole, description: string): Team {
  const organization = organizationOf(call);
  const name = param(call, 'teamname');
  const issue = nameIssue(name, 'Team');
  if (issue) throw dataError(`Invalid team name ${name}: ${issue}`);
  return addTeam(call.simulation.state, organization, { name, role, description });
}

function organizationOf(call: Call): Namespace {
  const name = param(call, 'orgname');
  const organization = findOrganization(call.simulation.state, name);
  if (!organization) throw dataError(`Organization does not exist: ${name}`);
  return organization;
}

function changeRole(call: Call, team: Team, role: TeamRole): void {
  const { organization } = team;
  if (team.role === 'admin' && role !== 'admin') {
    const own = adminTeamsOf(organization, requireUser(call));
    if (own.length === 1 && own[0] === team) {
      throw dataError(
        `Cannot remove admin from team '${team.name}' because calling user ` +
          `would no longer have admin on org '${organization.name}'`,
      );
    }
  }
  team.role = role;
}

function remove(call: Call): ApiResponse {
  requireOrganizationAdmin(call);
  const team = findTeam(call);
  if (!team) throw dataError(`Team '${param(call, 'teamname')}' is not a team in org '${param(call, 'orgname')}'`);
  if (team.role === 'admin') keepAnAdminTeam(call, team);
  deleteTeam(team);
  return noContent();
}

function keepAnAdminTeam(call: Call, team: Team): void {
  const user = requireUser(call);
  const own = adminTeamsOf(team.organization, user);
  // The real server looks at the first of the caller's admin teams without asking whether there is one.
  if (own.length === 0) throw crash();
  if (own.length === 1 && own[0] === team) {
    throw dataError(
      `Deleting team '${team.name}' would remove admin ability for user '${user.name}' ` +
        `in organization '${team.organization.name}'`,
    );
  }
}

function permissions(call: Call): ApiResponse {
  requireOrganizationAdmin(call);
  const team = existingTeam(call);
  return json({
    permissions: [...team.permissions].map(([repository, role]) => ({
      repository: { name: repository.name, is_public: repository.visibility === 'public' },
      role,
    })),
  });
}

const teamPath = '/api/v1/organization/{orgname}/team/{teamname}';

/** Teams; they are listed with their organization. */
export const teamRoutes: readonly Route[] = [
  route(teamPath, { PUT: put, DELETE: remove }),
  route(`${teamPath}/permissions`, { GET: permissions }),
];
