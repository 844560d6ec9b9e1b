import { QuaysideError, TerminalError } from '../errors/index.js';
import { flagOr, listOf, objectOf, textIn } from './answer/fields.js';
import { asked } from './answer/failure.js';
import type { Ask } from './ask.js';
import { address } from './transport/address.js';
import type { Call, Scope } from './transport/call.js';

/** The owner of a token. */
export interface Identity {
  readonly username: string;
  readonly superuser: boolean;
  /** Organizations they are in. */
  readonly organizations: readonly string[];
  /** Whether the token carries `user:admin`: only then Quay shows all of the user. */
  readonly administersUser: boolean;
}

/** Asks whose token it is, at most as old as given. */
export type WhoAmI = (maximumAge?: number) => Promise<Identity>;

const cachedFor = 600_000;

const me: Call = { method: 'GET', ...address('user/'), scope: 'user:read' };
const superuserList: Call = { method: 'GET', ...address('superuser/organizations/?limit=1'), scope: 'super:user' };

/** Remembers the answer for ten minutes, and only for the token that it was given to. */
export function identityOf(ask: Ask, token: () => string, now: () => number): WhoAmI {
  let known: { readonly token: string; readonly since: number; readonly identity: Promise<Identity> } | undefined;
  return async (maximumAge = cachedFor) => {
    const current = token();
    if (known === undefined || known.token !== current || now() - known.since > maximumAge) {
      known = { token: current, since: now(), identity: readIdentity(ask) };
    }
    const mine = known;
    try {
      return await mine.identity;
    } catch (error) {
      if (known === mine) known = undefined;
      throw error;
    }
  };
}

async function readIdentity(ask: Ask): Promise<Identity> {
  let answer: unknown;
  try {
    answer = await ask.read(me);
  } catch (error) {
    throw hasCode(error, 'TokenRejected') ? await rejectedOrScopeless(ask, error) : error;
  }
  const source = asked(me);
  const user = objectOf(answer, source, 'the user');
  const organizations = listOf(user.organizations ?? [], source, 'organizations');
  return {
    username: textIn(user, 'username', source),
    superuser: flagOr(user, 'super_user', false, source),
    organizations: organizations.map((entry) => textIn(objectOf(entry, source, 'an organization'), 'name', source)),
    administersUser: user.can_create_repo !== undefined,
  };
}

/** Quay answers 401 to a bad token and to one without a user scope alike; a call for superusers tells them apart. */
async function rejectedOrScopeless(ask: Ask, rejected: unknown): Promise<unknown> {
  try {
    await ask.read(superuserList);
  } catch (error) {
    if (hasCode(error, 'TokenRejected')) return rejected;
    if (!hasCode(error, 'PermissionDenied')) return error;
  }
  return scopeMissing(asked(me), 'user:read');
}

/** The error for a token that lacks a scope. */
export function scopeMissing(asking: string, scope: Scope, more = ''): TerminalError {
  return new TerminalError('ScopeMissing', `${asking}: the token lacks the scope ${scope}${more}`, {
    hint: `Make a token with org:admin, repo:admin, repo:create, user:admin and user:read${scope === 'super:user' ? ', and with super:user' : ''}.`,
  });
}

/** Whether an error carries one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): error is QuaysideError {
  return error instanceof QuaysideError && codes.includes(error.code);
}
