import { type QuaysideError, TerminalError } from '../errors/index.js';
import { asked, failure, said } from './answer/failure.js';
import { objectOf } from './answer/fields.js';
import type { Ask, Explain } from './ask.js';
import { callsIn } from './calls-in.js';
import { hasCode, scopeMissing, type WhoAmI } from './identity.js';
import { type MissingScopes, shownScopes } from './scopes.js';
import type { Scope } from './transport/call.js';

/** Finds out why Quay denied a call, which it never says: a scope that is missing, or an owner who may not. */
export function explaining(ask: Ask, whoAmI: WhoAmI, missingScopes: MissingScopes): Explain {
  return async (failed) => {
    const { scope, organization } = failed.call;
    try {
      switch (scope) {
        case 'user:admin':
        case 'user:read':
          return (await administersUser(whoAmI)) ? failure(failed) : scopeMissing(said(failed), scope);
        case 'super:user':
          return (await whoAmI()).superuser
            ? failure(failed)
            : scopeMissing(said(failed), scope, ', or its owner is no superuser');
        case undefined:
          return failure(failed);
        default:
          if (organization === undefined) return failure(failed);
          return (
            (await withinOrganization({ ask, whoAmI, missingScopes, organization, scope, said: said(failed) })) ??
            failure(failed)
          );
      }
    } catch (error) {
      // What was found on the way says more than the refusal itself, unless that is just a failing network.
      return hasCode(error, 'TokenRejected', 'ScopeMissing') ? error : failure(failed);
    }
  };
}

async function administersUser(whoAmI: WhoAmI): Promise<boolean> {
  try {
    return (await whoAmI()).administersUser;
  } catch (error) {
    if (hasCode(error, 'ScopeMissing')) return false;
    throw error;
  }
}

interface Denied {
  readonly ask: Ask;
  readonly whoAmI: WhoAmI;
  readonly missingScopes: MissingScopes;
  readonly organization: string;
  readonly scope: Scope;
  readonly said: string;
}

async function withinOrganization({
  ask,
  whoAmI,
  missingScopes,
  organization,
  scope,
  said,
}: Denied): Promise<QuaysideError | undefined> {
  const call = callsIn(organization).organization('GET', '');
  const body = await ask.find(call);
  if (body === undefined) {
    return new TerminalError('OrganizationGone', `${said}; the organization ${organization} is no longer there`);
  }
  // With org:admin in force, an administrator has every right on the repositories that the scopes let through.
  if (objectOf(body, asked(call), 'the organization').is_admin === true) {
    return scope === 'org:admin' ? undefined : scopeMissing(said, scope);
  }
  // The organization may be younger than what was remembered of its owner.
  const { username, organizations } = await whoAmI(0);
  if ((await missingScopes()).includes(scope)) return scopeMissing(said, scope);
  if (organizations.includes(organization) && !shownScopes.has(scope)) {
    return scopeMissing(said, scope, `, or its owner ${username} is no administrator of ${organization}`);
  }
  return new TerminalError('NotOrganizationAdmin', `${said}; ${username} is no administrator of ${organization}`, {
    hint: `Make ${username} a member of its team owners, or use the token of a superuser with full access.`,
  });
}
