import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json } from '../../http/message.js';
import { dataError, unauthenticated } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { canAdminister, canCreateIn, isSuperuser, isUserAdmin, isUserReader } from '../../auth/permissions.js';
import { allScopes } from '../../auth/scopes.js';
import { nameIssue } from '../../rules/names.js';
import { addUser, findUser } from '../../state/namespaces.js';
import { type Namespace } from '../../state/model.js';
import { takeId } from '../../state/state.js';
import { avatar, avatarOf } from './avatar.js';
import { quotaKeys } from '../quota/report.js';

const shortestPassword = 8;
const firstTokenSeconds = 9000;

const firstUserSchema: Schema = {
  required: ['username', 'password'],
  properties: {
    username: { type: 'string' },
    password: { type: 'string' },
    email: { type: 'string' },
    access_token: { type: 'boolean' },
  },
};

function readSelf(call: Call): ApiResponse {
  const { user } = call.caller;
  if (!user || user.organization || !isUserReader(call)) throw unauthenticated({ session_required: false });
  const isAdmin = isUserAdmin(call);
  return json({
    anonymous: false,
    username: user.name,
    avatar: avatarOf(user),
    ...(isAdmin && ownDetails(call, user)),
    organizations: organizationsOf(user).map((organization) => organizationEntry(call, organization, isAdmin)),
    ...(isSuperuser(call) && { super_user: true }),
  });
}

function ownDetails(call: Call, user: Namespace): object {
  return {
    can_create_repo: true,
    is_me: true,
    verified: true,
    email: user.email ?? user.standInEmail,
    logins: [],
    invoice_email: user.invoiceEmail,
    invoice_email_address: user.invoiceEmailAddress,
    preferred_namespace: false,
    tag_expiration_s: user.tagExpirationSeconds,
    prompts: [],
    company: null,
    family_name: null,
    given_name: null,
    location: null,
    is_free_account: true,
    has_password_set: true,
    ...quotaKeys(call.simulation, user),
  };
}

function organizationsOf(user: Namespace): readonly Namespace[] {
  return [...new Set([...user.teams].map(({ organization }) => organization))];
}

function organizationEntry(call: Call, organization: Namespace, isAdmin: boolean): object {
  const administers = canAdminister(call, organization.name);
  return {
    name: organization.name,
    avatar: avatar(organization.name, 'org', organization.email),
    can_create_repo: administers || canCreateIn(call, organization.name),
    public: false,
    ...(isAdmin && { is_org_admin: administers, preferred_namespace: false }),
  };
}

function readOther(call: Call): ApiResponse {
  const user = findUser(call.simulation.state, param(call, 'username'));
  if (!user) throw dataError('Not Found', 404);
  return json({ anonymous: false, username: user.name, avatar: avatarOf(user) });
}

/** Makes the first user of an empty registry, with a token when asked for one. */
function initialize(call: Call): ApiResponse {
  const { state, random, clock } = call.simulation;
  const body = jsonBody(call, firstUserSchema);
  if (state.namespaces.size > 0) throw dataError('Cannot initialize user in a non-empty database');
  const name = text(body, 'username') ?? '';
  const password = text(body, 'password') ?? '';
  const issue = nameIssue(name);
  if (issue) throw dataError(`Failed to initialize user: Invalid username ${name}: ${issue}`);
  if (password.length < shortestPassword || /\s/.test(password)) {
    throw dataError('Failed to initialize user: Invalid password, must be at least 8 characters and no whitespace.');
  }
  const user = addUser(state, random, { name, email: text(body, 'email'), superuser: true, enabled: true });
  const token = body.access_token === true ? random.characters(40) : undefined;
  if (token !== undefined) {
    const now = clock();
    state.accessTokens.set(token, {
      id: takeId(state),
      uuid: random.uuid(),
      token,
      owner: user,
      scope: allScopes.join(' '),
      name: 'automation',
      created: now,
      expires: new Date(now.getTime() + firstTokenSeconds * 1000),
      application: undefined,
    });
  }
  return json({
    username: name,
    email: user.email ?? user.standInEmail,
    encrypted_password: random.characters(108),
    ...(token !== undefined && { access_token: token }),
  });
}

/** The user behind the token, and what little is public of others. */
export const userRoutes: readonly Route[] = [
  route('/api/v1/user/', { GET: readSelf }),
  route('/api/v1/users/{username}', { GET: readOther }),
  route('/api/v1/user/initialize', { POST: initialize }, { features: ['USER_INITIALIZE'], web: true, open: true }),
];
