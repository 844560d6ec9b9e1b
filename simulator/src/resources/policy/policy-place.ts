import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { type JsonObject } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import {
  existingRepository,
  requireOrganizationAdmin,
  requireRepositoryRole,
  requireUserAdmin,
} from '../../auth/require.js';
import { findOrganization } from '../../state/namespaces.js';
import { type Namespace, type Repository } from '../../state/model.js';

/** Where policies hang: on an organization, a repository or the caller's own namespace. */
export interface PolicyScope {
  /** Parent of the routes. */
  readonly path: string;
  /** What refusals call it. */
  readonly subject: 'namespace' | 'repository';
  /** The owner of the policies, checked for rights; undefined when an organization is missing. */
  readonly owner: (call: Call) => Namespace | Repository | undefined;
  /** The body, checked before the rights or after them. */
  readonly body: (call: Call, schema: Schema) => JsonObject;
}

/** Policies of organizations. */
export const organizationPolicies: PolicyScope = {
  path: '/api/v1/organization/{orgname}',
  subject: 'namespace',
  owner: (call) => {
    requireOrganizationAdmin(call);
    return findOrganization(call.simulation.state, param(call, 'orgname'));
  },
  body: jsonBody,
};

/** Policies of repositories. */
export const repositoryPath: PolicyScope = {
  path: '/api/v1/repository/{repository}',
  subject: 'repository',
  owner: (call) => {
    requireRepositoryRole(call, 'admin');
    return existingRepository(call);
  },
  body: (call, schema) => {
    requireRepositoryRole(call, 'admin');
    return jsonBody(call, schema);
  },
};

/** Policies of the caller's own namespace. */
export const ownPolicies: PolicyScope = {
  path: '/api/v1/user',
  subject: 'namespace',
  owner: requireUserAdmin,
  body: (call, schema) => {
    requireUserAdmin(call);
    return jsonBody(call, schema);
  },
};
