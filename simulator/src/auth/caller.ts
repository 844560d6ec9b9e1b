import { type AccessToken, type Namespace } from '../state/model.js';
import { type State } from '../state/state.js';
import { parseScopes, type Scope } from './scopes.js';

/** Who calls: nobody, or the owner of a token within its scopes. */
export interface Caller {
  readonly user?: Namespace;
  readonly token?: AccessToken;
  readonly scopes: readonly Scope[];
}

const anonymousCaller: Caller = { scopes: [] };

/** The caller behind an Authorization header; whatever is wrong with it makes the call anonymous. */
export function callerOf(state: State, authorization: string | undefined, now: Date): Caller {
  const parts = authorization?.split(' ') ?? [];
  const [scheme, secret] = parts;
  if (parts.length !== 2 || scheme?.toLowerCase() !== 'bearer' || secret === undefined) return anonymousCaller;
  const token = state.accessTokens.get(secret);
  if (!token || token.expires <= now || !token.owner.enabled) return anonymousCaller;
  return { user: token.owner, token, scopes: parseScopes(token.scope) };
}
