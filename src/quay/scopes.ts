import type { Ask } from './ask.js';
import { callsIn } from './calls-in.js';
import { hasCode, type WhoAmI } from './identity.js';
import type { Call, Scope } from './transport/call.js';

/** The scopes that a token lacks, of those that a call can show. */
export type MissingScopes = () => Promise<readonly Scope[]>;

/** Of these it is known whether a token has them. */
export const shownScopes: ReadonlySet<Scope> = new Set(['org:admin', 'repo:admin', 'user:admin']);

/** Milliseconds. */
const refusalHolds = 30_000;

/** Nobody has to create it: Quay asks for the permission first. */
const anyRepository = 'quayside-asks-for-scopes';

/**
 * Finds out what a token lacks, without an organization to try it on: in Quay everybody administers the namespace of the own
 * account, as far as the scopes of the token go. A token never changes its scopes, so that it lacks none is known for good; a
 * refusal may have had another reason, and holds for a while.
 */
export function missingScopesOf(ask: Ask, token: () => string, whoAmI: WhoAmI, now: () => number): MissingScopes {
  let known: { readonly token: string; readonly at: number; readonly missing: Promise<readonly Scope[]> } | undefined;
  return async () => {
    const current = token();
    if (known?.token !== current) known = { token: current, at: now(), missing: readMissing(ask, whoAmI) };
    const mine = known;
    try {
      const missing = await mine.missing;
      if (missing.length > 0 && now() - mine.at > refusalHolds && known === mine) known = undefined;
      return missing;
    } catch (error) {
      if (known === mine) known = undefined;
      throw error;
    }
  };
}

async function readMissing(ask: Ask, whoAmI: WhoAmI): Promise<readonly Scope[]> {
  const { username, administersUser } = await whoAmI();
  const own = callsIn(username);
  const organizations = await isDenied(ask, own.organization('GET', '/prototypes'));
  const repositories = await isDenied(ask, own.repository('GET', '/permissions/user/', [anyRepository]));
  return [
    ...(organizations ? (['org:admin'] as const) : []),
    ...(repositories ? (['repo:admin'] as const) : []),
    ...(administersUser ? [] : (['user:admin'] as const)),
  ];
}

/** An account has no default permissions and not this repository: only a refusal says that the right to ask is missing. */
async function isDenied(ask: Ask, call: Call, isLast = false): Promise<boolean> {
  try {
    await ask.request(call);
    return false;
  } catch (error) {
    // Once may be a proxy, or a moment's fault; a scope that is missing is missing twice.
    if (hasCode(error, 'PermissionDenied')) return isLast || isDenied(ask, call, true);
    if (hasCode(error, 'UnexpectedAnswer', 'FeatureDisabled')) return false;
    throw error;
  }
}
