import { hasCode, type Identity, type WhoAmI } from '../identity.js';
import type { Observation } from './observation.js';

/** One look at the token's owner serves every organization that is met hidden within half a minute. */
const recent = 30_000;

/** Distinguishes a dead token, which is thrown, from one whose owner is no administrator. */
export async function hidden(organization: string, whoAmI: WhoAmI): Promise<Observation> {
  let identity: Identity;
  try {
    identity = await whoAmI(recent);
  } catch (error) {
    if (!hasCode(error, 'ScopeMissing')) throw error;
    return {
      state: 'Hidden',
      message: `Quay shows only the public side of ${organization}, and the token carries no user scope: its owner is no administrator of the organization, or the scope org:admin is missing`,
    };
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
    ? `${username} is in the organization, but not as an administrator, or the token lacks the scope org:admin`
    : `${username} is no administrator of it; make ${username} a member of its team owners, or use the token of a superuser with full access`;
}
