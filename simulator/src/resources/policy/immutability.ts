import { type Call, param } from '../../http/call.js';
import { flag, type JsonObject, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { dataError, invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { type Namespace, type Repository } from '../../state/model.js';
import { type ImmutabilityPolicy } from '../../state/records.js';
import { organizationPolicies, type PolicyScope, repositoryPath } from './policy-place.js';

const longestPattern = 256;
const policySchema: Schema = {
  required: ['tagPattern'],
  properties: { tagPattern: { type: 'string' }, tagPatternMatches: { type: 'boolean' } },
};

function policyIn(body: JsonObject, uuid: string): ImmutabilityPolicy {
  const tagPattern = (text(body, 'tagPattern') ?? '').trim();
  if (tagPattern === '') throw invalidRequest('tag_pattern is required and must be a non-empty string');
  if ([...tagPattern].length > longestPattern) {
    throw invalidRequest(`tag_pattern must be ${longestPattern} characters or less`);
  }
  compiled(tagPattern);
  return { uuid, tagPattern, tagPatternMatches: flag(body, 'tagPatternMatches') ?? true };
}

function compiled(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch (error) {
    throw invalidRequest(`Invalid regex pattern: ${error instanceof Error ? error.message : ''}`);
  }
}

function store(owner: Namespace | Repository, policy: ImmutabilityPolicy): void {
  for (const known of owner.immutabilityPolicies.values()) {
    if (known.uuid !== policy.uuid && known.tagPattern === policy.tagPattern) {
      throw invalidRequest('A policy with the same tag_pattern already exists');
    }
  }
  owner.immutabilityPolicies.set(policy.uuid, policy);
  markTags('repositories' in owner ? owner.repositories.values() : [owner], policy);
}

/** A policy reaches back to the tags that exist, and its end does not release them. */
function markTags(repositories: Iterable<Repository>, { tagPattern, tagPatternMatches }: ImmutabilityPolicy): void {
  const pattern = compiled(tagPattern);
  for (const repository of repositories) {
    for (const tag of repository.tags.values()) {
      if (pattern.test(tag.name) === tagPatternMatches) tag.immutable = true;
    }
  }
}

function list(call: Call, scope: PolicyScope): ApiResponse {
  return json({ policies: [...(scope.owner(call)?.immutabilityPolicies.values() ?? [])] });
}

function create(call: Call, scope: PolicyScope): ApiResponse {
  const body = scope.body(call, policySchema);
  const owner = scope.owner(call);
  const policy = policyIn(body, call.simulation.random.uuid());
  if (!owner) throw dataError(`Username does not exist: ${param(call, 'orgname')}`);
  if ('mirror' in owner && 'organization' in owner && owner.mirror) {
    throw invalidRequest('Cannot create immutability policy: organization is managed by organization-level mirroring');
  }
  store(owner, policy);
  return json({ uuid: policy.uuid }, 201);
}

function existing(call: Call, scope: PolicyScope): readonly [Namespace | Repository, ImmutabilityPolicy] {
  const owner = scope.owner(call);
  const policy = owner?.immutabilityPolicies.get(param(call, 'policy_uuid'));
  if (!owner || !policy) throw notFound();
  return [owner, policy];
}

function change(call: Call, scope: PolicyScope): ApiResponse {
  const body = scope.body(call, policySchema);
  scope.owner(call);
  const uuid = param(call, 'policy_uuid');
  const policy = policyIn(body, uuid);
  const [owner] = existing(call, scope);
  store(owner, policy);
  return noContent();
}

function remove(call: Call, scope: PolicyScope): ApiResponse {
  const [owner, { uuid }] = existing(call, scope);
  owner.immutabilityPolicies.delete(uuid);
  return json({ uuid });
}

/** Immutability policies of organizations and repositories. */
export const immutabilityRoutes: readonly Route[] = [organizationPolicies, repositoryPath].flatMap((scope) => [
  route(
    `${scope.path}/immutabilitypolicy/`,
    { GET: (call) => list(call, scope), POST: (call) => create(call, scope) },
    { features: ['IMMUTABLE_TAGS'] },
  ),
  route(
    `${scope.path}/immutabilitypolicy/{policy_uuid}`,
    {
      GET: (call) => json(existing(call, scope)[1]),
      PUT: (call) => change(call, scope),
      DELETE: (call) => remove(call, scope),
    },
    { features: ['IMMUTABLE_TAGS'] },
  ),
]);
