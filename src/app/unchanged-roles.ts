import { hash } from 'node:crypto';
import { type QuayOrganization } from '../api/index.js';
import { type OrganizationResult } from '../converge/index.js';

/** The roles that a run compares: all, none, or, left out, those of documents whose roles may have changed. */
export type RoleChoice = boolean | undefined;

/** What a document comes to, in short. */
export function digest({ spec }: QuayOrganization): string {
  return hash('sha256', JSON.stringify(spec), 'base64url');
}

/**
 * Whether this very document was applied whole before, roles included. Then only somebody's hand can have changed a role
 * since, and finding that takes one more call for every robot.
 */
export function areRolesUnchanged(document: QuayOrganization, rolesDigest: string | undefined): boolean {
  return rolesDigest !== undefined && rolesDigest === digest(document);
}

/** What to remember of a document after a run, for `areRolesUnchanged`: nothing as long as something is open. */
export function rolesDigestAfter(
  { failed, notDone }: OrganizationResult,
  document: QuayOrganization,
  run: { readonly roles: RoleChoice; readonly before: string | undefined },
): string | undefined {
  if (failed.length + notDone.length > 0) return undefined;
  return run.roles !== false || areRolesUnchanged(document, run.before) ? digest(document) : undefined;
}
