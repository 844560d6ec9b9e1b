import { type JsonObject } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type Namespace, type Principal } from '../../state/model.js';
import { type RepositoryRole } from '../../state/records.js';

/** The schema of a repository role. */
export const roleSchema: Schema = { type: 'string', enum: ['read', 'write', 'admin'] };

/** The role in a body that the schema has let through. */
export function roleIn(body: JsonObject): RepositoryRole {
  return body.role === 'admin' || body.role === 'write' ? body.role : 'read';
}

/** Whether views call somebody a member; robots always are, even those of another organization. */
export function isOrganizationMember(organization: Namespace, principal: Principal): boolean {
  if (principal.robot) return true;
  for (const team of organization.organizationTeams.values()) if (team.members.has(principal)) return true;
  return false;
}
