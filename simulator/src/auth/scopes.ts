/** The OAuth scopes. */
export const allScopes = [
  'org:admin',
  'repo:admin',
  'repo:create',
  'repo:read',
  'repo:write',
  'super:user',
  'user:admin',
  'user:read',
] as const;

/** One OAuth scope. */
export type Scope = (typeof allScopes)[number];

const implied: Partial<Record<Scope, readonly Scope[]>> = {
  'repo:admin': ['repo:read', 'repo:write'],
  'repo:write': ['repo:read'],
  'user:admin': ['user:read'],
};

/** The words of a scope string; one unknown word, and the whole set is empty. */
export function parseScopes(scope: string): readonly Scope[] {
  const words = scope.split(/[\s,]+/).filter(Boolean);
  return words.every(isScope) ? words : [];
}

/** Whether the word is a scope. */
export function isScope(word: string): word is Scope {
  return allScopes.some((scope) => scope === word);
}

/** Whether a set of scopes carries, or implies, this one. */
export function carries(scopes: readonly Scope[], wanted: Scope): boolean {
  return scopes.some((scope) => scope === wanted || implied[scope]?.includes(wanted));
}
