import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { type JsonObject, text } from '../../http/json.js';
import { type ApiResponse, json } from '../../http/message.js';
import { dataError, invalidRequest } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { canAdminister, isSuperuser, unauthorized } from '../../auth/permissions.js';
import { type Team } from '../../state/model.js';
import { removeMember } from '../../state/teams.js';
import { existingTeam, findTeam, teamView } from './teams.js';

/** Which kind of directory a configuration is for, told by its key; a real server has one of them. */
const services: Readonly<Record<string, string>> = { group_dn: 'ldap', group_id: 'keystone', group_name: 'oidc' };

function mayDirect(call: Call): boolean {
  const isAllowed = call.simulation.features.NONSUPERUSER_TEAM_SYNCING_SETUP === true || isSuperuser(call);
  return isAllowed && canAdminister(call, param(call, 'orgname'));
}

/** The keys about syncing in the list of members. */
export function syncKeys(call: Call, { sync }: Team): object {
  if (call.simulation.features.TEAM_SYNCING !== true) return {};
  const details = sync && isSuperuser(call) ? { last_updated: null, config: sync.config } : {};
  return {
    ...(mayDirect(call) && { can_sync: { service: sync?.service ?? 'ldap' } }),
    ...(sync && { synced: { service: sync.service, ...details } }),
  };
}

/** Refuses changes of people by hand while the team is synced; robots may come and go. */
export function refuseSynced(call: Call): void {
  if (findTeam(call)?.sync && !param(call, 'membername').includes('+')) {
    throw invalidRequest('Cannot call this method on an auth-synced team');
  }
}

function enable(call: Call): ApiResponse {
  if (!mayDirect(call)) throw unauthorized(call);
  const team = existingTeam(call);
  const config = jsonBody(call, {});
  const service = serviceOf(config);
  if (team.sync) throw dataError('duplicate key value violates unique constraint "teamsync_team_id"\n');
  team.sync = { service, config };
  if (service === 'oidc') dropPeople(team);
  return json(teamView(call, team));
}

function serviceOf(config: JsonObject): string {
  const key = Object.keys(services).find((name) => text(config, name));
  if (key === undefined) throw invalidRequest('Could not sync to group: Missing group');
  return services[key] ?? '';
}

/** The directory is the only source of people from now on. */
function dropPeople(team: Team): void {
  for (const member of [...team.members]) if (!member.robot) removeMember(team, member);
}

function disable(call: Call): ApiResponse {
  if (!mayDirect(call)) throw unauthorized(call);
  const team = existingTeam(call);
  team.sync = undefined;
  return json(teamView(call, team));
}

/** Syncing of teams with groups; no directory stands behind it, so every group exists and nobody ever arrives. */
export const teamSyncRoutes: readonly Route[] = [
  route(
    '/api/v1/organization/{orgname}/team/{teamname}/syncing',
    { POST: enable, DELETE: disable },
    { features: ['TEAM_SYNCING'] },
  ),
];
