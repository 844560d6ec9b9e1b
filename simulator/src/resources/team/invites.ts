import { type Call, param } from '../../http/call.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { requireOrganizationAdmin } from '../../auth/require.js';
import { avatar } from '../user/avatar.js';
import { existingTeam } from './teams.js';

/** An invite by address. */
export function inviteView(email: string): object {
  return { email, kind: 'invite', avatar: avatar(email, 'user'), invited: true };
}

function invite(call: Call): ApiResponse {
  requireOrganizationAdmin(call);
  const team = existingTeam(call);
  const email = param(call, 'email');
  team.invites = [...team.invites, { email }];
  return json(inviteView(email));
}

function withdraw(call: Call): ApiResponse {
  requireOrganizationAdmin(call);
  const team = existingTeam(call);
  const found = team.invites.find(({ email }) => email === param(call, 'email'));
  if (!found) throw notFound();
  team.invites = team.invites.filter((entry) => entry !== found);
  return noContent();
}

/** Invites by address; no mail is ever sent. */
export const teamInviteRoutes: readonly Route[] = [
  route(
    '/api/v1/organization/{orgname}/team/{teamname}/invite/{email}',
    { PUT: invite, DELETE: withdraw },
    { features: ['MAILING'] },
  ),
];
