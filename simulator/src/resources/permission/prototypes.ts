import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { type JsonObject, object, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { dataError, invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { administeredOrganization } from '../../auth/require.js';
import { findUserOrRobot } from '../../state/principals.js';
import { addPrototype, deletePrototype, isTeam } from '../../state/prototypes.js';
import { type Namespace, type Principal, type Prototype, type Team } from '../../state/model.js';
import { avatarOf, teamAvatar } from '../user/avatar.js';
import { isOrganizationMember, roleIn, roleSchema } from './roles.js';

const changeSchema: Schema = { required: ['role'], properties: { role: roleSchema } };
const creationSchema: Schema = {
  required: ['role', 'delegate'],
  properties: {
    role: roleSchema,
    activating_user: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    delegate: {
      type: 'object',
      required: ['name', 'kind'],
      properties: { name: { type: 'string' }, kind: { type: 'string', enum: ['user', 'team'] } },
    },
  },
};

function userView(organization: Namespace, user: Principal): object {
  return {
    name: user.name,
    is_robot: user.robot,
    kind: 'user',
    is_org_member: isOrganizationMember(organization, user),
    avatar: avatarOf(user),
  };
}

function view({ organization, activatingUser, delegate, role, id }: Prototype): object {
  return {
    activating_user: activatingUser ? userView(organization, activatingUser) : null,
    delegate: isTeam(delegate)
      ? { name: delegate.name, kind: 'team', avatar: teamAvatar(delegate) }
      : userView(organization, delegate),
    role,
    id,
  };
}

function list(call: Call): ApiResponse {
  const organization = administeredOrganization(call);
  return json({ prototypes: [...organization.organizationPrototypes.values()].map(view) });
}

function create(call: Call): ApiResponse {
  const body = jsonBody(call, creationSchema);
  const organization = administeredOrganization(call);
  const delegate = delegateOf(call, organization, object(body, 'delegate'));
  const activatingUser = activatingUserOf(call, body);
  if (!delegate) throw invalidRequest('Missing delegate user or team');
  const prototype: Prototype = {
    id: call.simulation.random.uuid(),
    organization,
    role: roleIn(body),
    delegate,
    activatingUser,
  };
  addPrototype(prototype);
  return json(view(prototype));
}

function delegateOf(call: Call, organization: Namespace, delegate: JsonObject): Principal | Team | undefined {
  const name = text(delegate, 'name') ?? '';
  if (text(delegate, 'kind') === 'user') return findUserOrRobot(call.simulation.state, name);
  const team = organization.organizationTeams.get(name);
  // The real server forgets to put the names into its message.
  if (!team) throw dataError(`('Team does not exist: %s/%s', '${organization.name}', '${name}')`);
  return team;
}

function activatingUserOf(call: Call, body: JsonObject): Principal | undefined {
  const name = text(object(body, 'activating_user'), 'name');
  if (name === undefined || name === '') return undefined;
  const user = findUserOrRobot(call.simulation.state, name);
  if (!user) throw invalidRequest('Unknown activating user');
  return user;
}

function existing(call: Call): Prototype {
  const prototype = administeredOrganization(call).organizationPrototypes.get(param(call, 'prototypeid'));
  if (!prototype) throw notFound();
  return prototype;
}

function change(call: Call): ApiResponse {
  const body = jsonBody(call, changeSchema);
  const prototype = existing(call);
  prototype.role = roleIn(body);
  return json(view(prototype));
}

function remove(call: Call): ApiResponse {
  deletePrototype(existing(call));
  return noContent();
}

/** Default permissions of an organization. */
export const prototypeRoutes: readonly Route[] = [
  route('/api/v1/organization/{orgname}/prototypes', { GET: list, POST: create }),
  route('/api/v1/organization/{orgname}/prototypes/{prototypeid}', { PUT: change, DELETE: remove }),
];
