import { param } from '../http/call.js';
import { isObject, text } from '../http/json.js';
import { findOrganization } from '../state/namespaces.js';
import { inOrganization, one, type Row, type Rule } from './row.js';

const changeOrganization: Rule = (call, body) => {
  const namespace = param(call, 'orgname');
  const old = findOrganization(call.simulation.state, namespace);
  const email = body.contact_email !== undefined ? body.contact_email : body.email;
  const rows: Row[] = [];
  if (body.invoice_email !== undefined || body.invoice_email_address !== undefined)
    rows.push({ kind: 'org_change_invoicing', namespace, metadata: { namespace } });
  if (email !== undefined) {
    const metadata = { email, old_email: old?.email ?? null, namespace };
    rows.push({ kind: 'org_change_email', namespace, metadata });
  }
  if (body.tag_expiration_s !== undefined && call.simulation.features.CHANGE_TAG_EXPIRATION === true) {
    const metadata = { tag_expiration: body.tag_expiration_s, namespace };
    rows.push({ kind: 'org_change_tag_expiration', namespace, metadata });
  }
  return rows;
};

/** A new team has one row without its role; of a known one only what differs is listed. */
const putTeam: Rule = (call, body) => {
  const namespace = param(call, 'orgname');
  const team = param(call, 'teamname');
  const known = findOrganization(call.simulation.state, namespace)?.organizationTeams.get(team);
  if (known === undefined) return [{ kind: 'org_create_team', namespace, metadata: { team } }];
  const rows: Row[] = [];
  const { description, role } = body;
  if (typeof description === 'string' && description !== known.description)
    rows.push({ kind: 'org_set_team_description', namespace, metadata: { team, description } });
  if (role !== known.role) rows.push({ kind: 'org_set_team_role', namespace, metadata: { team, role } });
  return rows;
};

const addMember: Rule = (call) => (answer) => {
  const invited = isObject(answer) && answer.invited === true;
  const metadata = { member: param(call, 'membername'), team: param(call, 'teamname') };
  const kind = invited ? 'org_invite_team_member' : 'org_add_team_member';
  return [{ kind, namespace: param(call, 'orgname'), metadata }];
};

const removeMember: Rule = (call) => {
  const namespace = param(call, 'orgname');
  const metadata = { member: param(call, 'membername'), team: param(call, 'teamname') };
  const team = findOrganization(call.simulation.state, namespace)?.organizationTeams.get(metadata.team);
  const isIn = [...(team?.members ?? [])].some(({ name }) => name === metadata.member);
  return [{ kind: isIn ? 'org_remove_team_member' : 'org_delete_team_member_invite', namespace, metadata }];
};

const createOrganization: Rule = (_, body) => {
  const namespace = text(body, 'name') ?? '';
  const metadata = { email: body.contact_email ?? body.email ?? null, namespace };
  return [{ kind: 'org_create', namespace, metadata }];
};

/** The removed one is named: its row is listed under what is left of it. */
const deleteOrganization =
  (parameter: string): Rule =>
  (call) => {
    const namespace = param(call, parameter);
    return [{ kind: 'org_delete', namespace, metadata: { namespace } }];
  };

const rename: Rule = (call, body) => {
  const [old_name, new_name] = [param(call, 'name'), text(body, 'name') ?? param(call, 'name')];
  const metadata = { old_name, new_name, superuser: call.caller.user?.name ?? null };
  return [{ kind: 'org_change_name', namespace: new_name, metadata }];
};

const takeOwnership: Rule = (call) => {
  const metadata = { namespace: param(call, 'namespace') };
  return [{ kind: 'take_ownership', namespace: call.caller.user?.name ?? '', metadata }];
};

const ofUser =
  (kind: string): Rule =>
  (call, body) => {
    const username = call.params.username ?? text(body, 'username') ?? '';
    return [{ kind, namespace: username, metadata: { username, superuser: call.caller.user?.name ?? null } }];
  };

const organization = '/api/v1/organization/{orgname}';
const robot = `${organization}/robots/{robot_shortname}`;
const team = `${organization}/team/{teamname}`;
const named = { path: ['robot_shortname:robot'] };
const ofTeam = { path: ['teamname:team'] };

/** Organizations, their robots and teams. Who is removed from an organization as a whole leaves no row. */
export const organizationRules: Readonly<Record<string, Rule>> = {
  'POST /api/v1/organization/': createOrganization,
  [`PUT ${organization}`]: changeOrganization,
  [`DELETE ${organization}`]: deleteOrganization('orgname'),
  'PUT /api/v1/superuser/organizations/{name}': rename,
  'DELETE /api/v1/superuser/organizations/{name}': deleteOrganization('name'),
  'POST /api/v1/superuser/takeownership/{namespace}': takeOwnership,
  'POST /api/v1/superuser/users/': ofUser('user_create'),
  'PUT /api/v1/superuser/users/{username}': ofUser('user_change_email'),
  'DELETE /api/v1/superuser/users/{username}': ofUser('user_delete'),
  [`PUT ${robot}`]: one('create_robot', inOrganization, { ...named, body: ['description', 'unstructured_metadata'] }),
  [`DELETE ${robot}`]: one('delete_robot', inOrganization, named),
  [`POST ${robot}/regenerate`]: one('regenerate_robot_token', inOrganization, named),
  [`POST ${robot}/federation`]: one('create_robot_federation', inOrganization, named),
  [`DELETE ${robot}/federation`]: one('delete_robot_federation', inOrganization, named),
  [`PUT ${team}`]: putTeam,
  [`DELETE ${team}`]: one('org_delete_team', inOrganization, ofTeam),
  [`PUT ${team}/members/{membername}`]: addMember,
  [`DELETE ${team}/members/{membername}`]: removeMember,
  [`PUT ${team}/invite/{email}`]: one('org_invite_team_member', inOrganization, { path: ['email', 'teamname:team'] }),
  [`DELETE ${team}/invite/{email}`]: one('org_delete_team_member_invite', inOrganization, {
    path: ['email', 'teamname:team'],
  }),
  [`POST ${team}/syncing`]: one('enable_team_sync', inOrganization, ofTeam),
  [`DELETE ${team}/syncing`]: one('disable_team_sync', inOrganization, ofTeam),
};
