import { hasCode, type Identity } from '../identity.js';
import type { Observation } from './observation.js';

/**
 * Distinguishes a dead token, which is thrown, from one whose owner is no administrator; `whoAmI` looks no earlier than the
 * organization was looked at.
 */
export async function hidden(organization: string, whoAmI: () => Promise<Identity>): Promise<Observation> {
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
