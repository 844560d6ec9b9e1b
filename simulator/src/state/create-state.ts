import { type Fixtures } from '../options.js';
import { type Random } from '../random.js';
import { addUser } from './namespaces.js';
import { type State, takeId } from './state.js';
import { createWildcardIndex } from './wildcard.js';

/** The state before the first request, and the token of each credential. */
export function createState(
  fixtures: Fixtures,
  random: Random,
  now: Date,
): { readonly state: State; readonly credentials: Readonly<Record<string, string>> } {
  const state = emptyState(random);
  for (const { name, email, superuser, disabled } of fixtures.users) {
    addUser(state, random, { name, email, superuser: superuser ?? false, enabled: !disabled });
  }
  const credentials: Record<string, string> = {};
  for (const [name, { owner, scopes, expired }] of Object.entries(fixtures.credentials)) {
    const user = state.namespaces.get(owner);
    if (!user) continue;
    const token = random.characters(40);
    const lifetime = (expired ? -1 : 10 * 365) * 24 * 3600 * 1000;
    state.accessTokens.set(token, {
      id: takeId(state),
      uuid: random.uuid(),
      token,
      owner: user,
      scope: scopes.join(' '),
      name,
      created: now,
      expires: new Date(now.getTime() + lifetime),
      application: undefined,
    });
    credentials[name] = token;
  }
  return { state, credentials };
}

function emptyState(random: Random): State {
  return {
    nextId: 0,
    pageKey: random.characters(32),
    namespaces: new Map(),
    namespaceOrder: [],
    repositoryOrder: [],
    userEmails: new Map(),
    robots: new Map(),
    robotOwners: createWildcardIndex(),
    deletedNamespaces: new Map(),
    namespacesWithTombstones: new Set(),
    accessTokens: new Map(),
    applications: new Map(),
    messages: new Map(),
    auditLog: [],
  };
}
