import { type Call } from '../../http/call.js';
import { canAdminister, canViewTeam, isMember } from '../../auth/permissions.js';
import { type Namespace, type Team } from '../../state/model.js';
import { avatarOf, teamAvatar } from '../user/avatar.js';
import { quotaKeys } from '../quota/report.js';

/** An organization, as much of it as the caller may see; without `teams` they are left out for strangers. */
export function organizationView(call: Call, organization: Namespace, teams?: readonly Team[]): object {
  const isAdmin = canAdminister(call, organization.name);
  const member = isMember(call, organization.name);
  const shown = teams ?? (member ? [...organization.organizationTeams.values()] : undefined);
  return {
    name: organization.name,
    email: isAdmin ? (organization.email ?? '') : '',
    avatar: avatarOf(organization),
    is_admin: isAdmin,
    is_member: member,
    ...(shown && {
      teams: Object.fromEntries(shown.map((team) => [team.name, teamView(call, organization, team)])),
      ordered_teams: shown.map(({ name }) => name),
    }),
    ...(isAdmin && {
      invoice_email: organization.invoiceEmail,
      invoice_email_address: organization.invoiceEmailAddress,
      tag_expiration_s: organization.tagExpirationSeconds,
      is_free_account: true,
    }),
    ...(member && quotaKeys(call.simulation, organization)),
  };
}

function teamView(call: Call, organization: Namespace, team: Team): object {
  return {
    name: team.name,
    description: team.description,
    role: team.role,
    avatar: teamAvatar(team),
    can_view: canViewTeam(call, team, organization.name),
    repo_count: team.permissions.size,
    member_count: team.members.size,
    is_synced: team.sync !== undefined,
  };
}
