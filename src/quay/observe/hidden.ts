import { asked } from '../answer/failure.js';
import type { CallsIn } from '../calls-in.js';
import { hasCode, type Identity, scopeMissing } from '../identity.js';
import type { MissingScopes } from '../scopes.js';
import type { Observation } from './observation.js';

/** What is known of the token that an organization is hidden from. */
export interface TokenFacts {
  /** Looks no earlier than the organization was looked at. */
  readonly whoAmI: () => Promise<Identity>;
  readonly missingScopes: MissingScopes;
}

/** Distinguishes a dead token and one that lacks a scope, which are thrown, from one whose owner is no administrator. */
export async function hidden(calls: CallsIn, { whoAmI, missingScopes }: TokenFacts): Promise<Observation> {
  const organization = calls.name;
  let identity: Identity;
  try {
    identity = await whoAmI();
  } catch (error) {
    if (!hasCode(error, 'ScopeMissing')) throw error;
    return {
      state: 'Hidden',
      message: `Quay shows only the public side of ${organization}, and the token carries no user scope: its owner is no administrator of the organization, or the scope org:admin is missing`,
    };
  }
  if ((await missingScopes()).includes('org:admin')) {
    throw scopeMissing(asked(calls.organization('GET', '')), 'org:admin');
  }
  return {
    state: 'Hidden',
    message: `Quay shows only the public side of ${organization}: ${because(organization, identity)}`,
  };
}

function because(organization: string, { username, superuser, organizations }: Identity): string {
  if (superuser) {
    return `superuser ${username} is not a member of its team owners, and superusers have no full access (FEATURE_SUPERUSERS_FULL_ACCESS), or this Quay is older than 3.16`;
  }
  return organizations.includes(organization)
    ? `${username} is in the organization, but not as an administrator; make ${username} a member of its team owners`
    : `${username} is no administrator of it; make ${username} a member of its team owners, or use the token of a superuser with full access`;
}
