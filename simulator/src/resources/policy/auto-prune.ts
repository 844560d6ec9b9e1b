import { type Call, param } from '../../http/call.js';
import { flag, type JsonObject, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { type Namespace, type Repository } from '../../state/model.js';
import { type AutoPrunePolicy } from '../../state/records.js';
import { organizationPolicies, ownPolicies, type PolicyScope, repositoryPath } from './policy-place.js';

const policySchema: Schema = {
  required: ['method', 'value'],
  properties: {
    method: { type: 'string' },
    value: { type: ['integer', 'string'] },
    tagPattern: { type: 'string' },
    tagPatternMatches: { type: 'boolean' },
  },
};

/** Number, optional blanks, unit: as loosely as the real server reads durations. */
const durationPattern = /^\s*[+-]?\d+\s*[smhdwy]$/;

function policyIn(body: JsonObject, uuid: string): AutoPrunePolicy {
  const method = text(body, 'method') ?? '';
  const value = valueFor(method, body);
  const tagPattern = text(body, 'tagPattern')?.trim();
  if (tagPattern === '') throw invalidRequest('tag_pattern cannot be empty');
  return {
    uuid,
    method,
    value,
    tagPattern: tagPattern ?? null,
    tagPatternMatches: flag(body, 'tagPatternMatches') ?? true,
  };
}

/** The value, which must suit the method: a number of tags, or an age. */
function valueFor(method: string, body: JsonObject): number | string {
  const { value } = body;
  if (method !== 'number_of_tags' && method !== 'creation_date') throw invalidRequest('Invalid method provided');
  if (method === 'number_of_tags' && typeof value === 'number' && value > 0) return value;
  if (method === 'creation_date' && typeof value === 'string' && durationPattern.test(value)) return value;
  throw invalidRequest('Invalid value given for method type');
}

function isSame(one: AutoPrunePolicy, other: AutoPrunePolicy): boolean {
  return (
    one.method === other.method &&
    one.value === other.value &&
    one.tagPattern === other.tagPattern &&
    one.tagPatternMatches === other.tagPatternMatches
  );
}

function list(call: Call, scope: PolicyScope): ApiResponse {
  return json({ policies: [...(scope.owner(call)?.autoPrunePolicies.values() ?? [])] });
}

function create(call: Call, scope: PolicyScope): ApiResponse {
  const body = scope.body(call, policySchema);
  const { autoPrunePolicies: policies } = existingOwner(call, scope);
  const policy = policyIn(body, call.simulation.random.uuid());
  if ([...policies.values()].some((known) => isSame(known, policy))) {
    throw invalidRequest(
      `Existing policy with same values for this ${scope.subject}, duplicate policies are not permitted`,
    );
  }
  policies.set(policy.uuid, policy);
  return json({ uuid: policy.uuid }, 201);
}

function existingOwner(call: Call, scope: PolicyScope): Namespace | Repository {
  const owner = scope.owner(call);
  if (!owner) throw notFound();
  return owner;
}

function existing(call: Call, scope: PolicyScope): AutoPrunePolicy {
  const policy = scope.owner(call)?.autoPrunePolicies.get(param(call, 'policy_uuid'));
  if (!policy) throw notFound();
  return policy;
}

/** Replaces a policy whole; here duplicates are not looked for. */
function change(call: Call, scope: PolicyScope): ApiResponse {
  const body = scope.body(call, policySchema);
  const { uuid } = existing(call, scope);
  existingOwner(call, scope).autoPrunePolicies.set(uuid, policyIn(body, uuid));
  return noContent();
}

function remove(call: Call, scope: PolicyScope): ApiResponse {
  const { uuid } = existing(call, scope);
  existingOwner(call, scope).autoPrunePolicies.delete(uuid);
  return json({ uuid });
}

/** Auto-prune policies, wherever they hang. */
export const autoPruneRoutes: readonly Route[] = [organizationPolicies, repositoryPath, ownPolicies].flatMap(
  (scope) => [
    route(
      `${scope.path}/autoprunepolicy/`,
      { GET: (call) => list(call, scope), POST: (call) => create(call, scope) },
      { features: ['AUTO_PRUNE'] },
    ),
    route(
      `${scope.path}/autoprunepolicy/{policy_uuid}`,
      {
        GET: (call) => json(existing(call, scope)),
        PUT: (call) => change(call, scope),
        DELETE: (call) => remove(call, scope),
      },
      { features: ['AUTO_PRUNE'] },
    ),
  ],
);
