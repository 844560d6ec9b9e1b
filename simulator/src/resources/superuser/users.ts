import { jsonBody } from '../../http/body.js';
import { type Call, param, type Simulation } from '../../http/call.js';
import { flag, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { queryFlag } from '../../http/query.js';
import { dataError, invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { requireSuperuser } from '../../auth/require.js';
import { isEmail } from '../../rules/email.js';
import { nameIssue } from '../../rules/names.js';
import { type Namespace } from '../../state/model.js';
import { addUser, deleteNamespace, findUser } from '../../state/namespaces.js';
import { type State } from '../../state/state.js';
import { avatarOf } from '../user/avatar.js';
import { quotaKeys } from '../quota/report.js';
import { superuserPage } from './page.js';

const passwordLength = 32;
const encryptedLength = 108;
const creationSchema: Schema = {
  required: ['username'],
  properties: { username: { type: 'string' }, email: { type: 'string' } },
};
const changeSchema: Schema = {
  properties: { password: { type: 'string' }, email: { type: 'string' }, enabled: { type: 'boolean' } },
};

function view(simulation: Simulation, user: Namespace, enabled = user.enabled): object {
  return {
    kind: 'user',
    name: user.name,
    username: user.name,
    email: user.email ?? user.standInEmail,
    verified: true,
    avatar: avatarOf(user),
    super_user: user.superuser,
    global_readonly_super_user: false,
    enabled,
    ...quotaKeys(simulation, user),
  };
}

function list(call: Call): ApiResponse {
  requireSuperuser(call);
  const disabledToo = queryFlag(call, 'disabled', true);
  const { entries, next } = superuserPage(
    call,
    ({ organization, enabled }) => !organization && (enabled || disabledToo),
  );
  return json({ users: entries.map((user) => view(call.simulation, user)), ...next });
}

function create(call: Call): ApiResponse {
  requireSuperuser(call);
  const body = jsonBody(call, creationSchema);
  const { state, random } = call.simulation;
  const name = text(body, 'username') ?? '';
  const email = text(body, 'email');
  checkNewName(state, name);
  checkNewEmail(state, email);
  addUser(state, random, { name, email, superuser: false, enabled: true });
  return json({
    username: name,
    email: email ?? null,
    password: random.characters(passwordLength),
    encrypted_password: random.characters(encryptedLength),
  });
}

function checkNewName(state: State, name: string): void {
  const issue = nameIssue(name);
  if (issue) throw dataError(`Invalid namespace ${name}: ${issue}`);
  const known = state.namespaces.get(name);
  if (known?.organization) {
    throw dataError(`Username has already been taken by an organization and cannot be reused: ${name}`);
  }
  if (known) throw dataError(`Username has already been taken by user cannot be reused: ${name}`);
  if (state.deletedNamespaces.has(name)) throw dataError('Username is not available');
}

function checkNewEmail(state: State, email: string | undefined): void {
  if (email === undefined) return;
  if (!isEmail(email)) throw dataError(`Invalid email address: ${email}`);
  if (state.userEmails.has(email)) throw dataError('duplicate key value violates unique constraint "user_email"\n');
}

function existing(call: Call): Namespace {
  requireSuperuser(call);
  const user = findUser(call.simulation.state, param(call, 'username'));
  if (!user) throw notFound();
  return user;
}

function change(call: Call): ApiResponse {
  requireSuperuser(call);
  const body = jsonBody(call, changeSchema);
  const user = existing(call);
  if (user.superuser) throw invalidRequest('Cannot update a superuser');
  const { state } = call.simulation;
  const email = text(body, 'email');
  if (email !== undefined && email !== user.email) {
    checkNewEmail(state, email);
    if (user.email !== undefined) state.userEmails.delete(user.email);
    user.email = email;
    state.userEmails.set(email, user);
  }
  // The answer still shows the flag as it was.
  const { enabled } = user;
  user.enabled = flag(body, 'enabled') ?? enabled;
  return json(view(call.simulation, user, enabled));
}

/** Deletes a user; of a disabled one nothing happens, and the answer is the same. */
function remove(call: Call): ApiResponse {
  const user = existing(call);
  if (user.superuser) throw invalidRequest('Cannot delete a superuser');
  if (user.enabled) deleteNamespace(call.simulation.state, call.simulation.random, user);
  return noContent();
}

const requiredFeature = { features: ['SUPER_USERS'] };

/** Users in the hands of superusers. */
export const superuserUserRoutes: readonly Route[] = [
  route('/api/v1/superuser/users/', { GET: list, POST: create }, requiredFeature),
  route(
    '/api/v1/superuser/users/{username}',
    { GET: (call) => json(view(call.simulation, existing(call))), PUT: change, DELETE: remove },
    requiredFeature,
  ),
];
