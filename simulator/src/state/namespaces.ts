import { type Random } from '../random.js';
import { insertById, removeById } from './by-id.js';
import { deleteRepository } from './repositories.js';
import { deleteRobot, robotsLike } from './robots.js';
import { type Namespace } from './model.js';
import { type State, takeId } from './state.js';
import { addMember, addTeam, deleteTeam } from './teams.js';
import { addToIndex, removeFromIndex } from './wildcard.js';

const twoWeeks = 14 * 24 * 3600;
const ownersTeam = { name: 'owners', role: 'admin', description: '' } as const;

interface NewUser {
  readonly name: string;
  readonly email: string | undefined;
  readonly superuser: boolean;
  readonly enabled: boolean;
}

/** Adds a user. */
export function addUser(state: State, random: Random, user: NewUser): Namespace {
  const namespace = addNamespace(state, random, user.name, user.email);
  namespace.superuser = user.superuser;
  namespace.enabled = user.enabled;
  if (user.email !== undefined) state.userEmails.set(user.email, namespace);
  return namespace;
}

/** Adds an organization, with the team `owners` whose only member is its maker. */
export function addOrganization(
  state: State,
  random: Random,
  organization: { readonly name: string; readonly email: string | undefined; readonly owner: Namespace },
): Namespace {
  const namespace = addNamespace(state, random, organization.name, organization.email);
  namespace.organization = true;
  addMember(addTeam(state, namespace, ownersTeam), organization.owner);
  return namespace;
}

/** Turns a user into an organization that another user owns. */
export function convertToOrganization(state: State, user: Namespace, owner: Namespace): void {
  user.organization = true;
  dropCredentials(state, user);
  if (user.email !== undefined) state.userEmails.delete(user.email);
  addMember(addTeam(state, user, ownersTeam), owner);
}

/** The organization of this name. */
export function findOrganization(state: State, name: string): Namespace | undefined {
  const namespace = state.namespaces.get(name);
  return namespace?.organization ? namespace : undefined;
}

/** The user of this name. */
export function findUser(state: State, name: string): Namespace | undefined {
  const namespace = state.namespaces.get(name);
  return namespace && !namespace.organization ? namespace : undefined;
}

/** Renames a namespace and its robots. */
export function renameNamespace(state: State, namespace: Namespace, name: string): void {
  const robots = [...namespace.robots.values()];
  if (robots.length > 0) removeFromIndex(state.robotOwners, namespace);
  state.namespaces.delete(namespace.name);
  for (const robot of robots) {
    state.robots.delete(robot.name);
    namespace.robots.delete(robot.name);
    robot.name = name + robot.name.slice(namespace.name.length);
    state.robots.set(robot.name, robot);
    namespace.robots.set(robot.name, robot);
  }
  namespace.name = name;
  state.namespaces.set(name, namespace);
  if (robots.length > 0) addToIndex(state.robotOwners, namespace);
}

/** Deletes a user or an organization. Its name stays blocked until the garbage collector ran. */
export function deleteNamespace(state: State, random: Random, namespace: Namespace): void {
  for (const robot of robotsLike(state, namespace.name)) deleteRobot(state, robot);
  for (const team of [...namespace.organizationTeams.values()]) deleteTeam(team);
  for (const repository of [...namespace.repositories.values()]) deleteRepository(state, random, repository);
  for (const team of namespace.teams) team.members.delete(namespace);
  for (const repository of namespace.permissions.keys()) repository.users.delete(namespace);
  for (const prototype of namespace.prototypes) prototype.organization.organizationPrototypes.delete(prototype.id);
  for (const application of namespace.applications.values()) {
    state.applications.delete(application.clientId);
    for (const { token } of application.tokens.values()) state.accessTokens.delete(token);
  }
  if (!namespace.organization) {
    dropCredentials(state, namespace);
    if (namespace.email !== undefined) state.userEmails.delete(namespace.email);
  }
  namespace.mirror = undefined;
  state.namespaces.delete(namespace.name);
  removeById(state.namespaceOrder, namespace);
  state.deletedNamespaces.set(namespace.name, namespace);
}

function dropCredentials(state: State, owner: Namespace): void {
  for (const [token, { owner: holder }] of state.accessTokens) if (holder === owner) state.accessTokens.delete(token);
}

function addNamespace(state: State, random: Random, name: string, email: string | undefined): Namespace {
  const namespace: Namespace = {
    id: takeId(state),
    name,
    robot: false,
    organization: false,
    email,
    standInEmail: random.uuid(),
    superuser: false,
    enabled: true,
    invoiceEmail: false,
    invoiceEmailAddress: null,
    tagExpirationSeconds: twoWeeks,
    teams: new Set(),
    permissions: new Map(),
    prototypes: new Set(),
    robots: new Map(),
    repositories: new Map(),
    tombstones: new Set(),
    organizationTeams: new Map(),
    organizationPrototypes: new Map(),
    autoPrunePolicies: new Map(),
    immutabilityPolicies: new Map(),
    notifications: new Map(),
    applications: new Map(),
    stars: new Set(),
    appTokens: new Map(),
    quota: undefined,
    proxyCache: undefined,
    mirror: undefined,
  };
  state.namespaces.set(name, namespace);
  insertById(state.namespaceOrder, namespace);
  return namespace;
}
