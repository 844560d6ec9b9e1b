import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { type JsonObject, number, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json } from '../../http/message.js';
import { crash, invalidRequest, notFound } from '../../http/refusal.js';
import { bytesOf, sizePattern, sizeText } from '../../rules/storage-size.js';
import { type Namespace } from '../../state/model.js';
import { type Quota } from '../../state/records.js';
import { takeId } from '../../state/state.js';
import { limitView } from './report.js';

const sizes: Readonly<Record<string, Schema>> = {
  limit_bytes: { type: 'integer' },
  limit: { type: 'string', pattern: sizePattern },
};
const creationSchema: Schema = { oneOf: [{ required: ['limit_bytes'] }, { required: ['limit'] }], properties: sizes };
const changeSchema: Schema = { additionalProperties: false, properties: sizes };
const largestId = 2 ** 31;

/** The quota of a namespace, as a list of none or one. */
export function quotaList({ quota }: Namespace): ApiResponse {
  return json(quota ? [quotaView(quota)] : []);
}

/** A quota on its own. */
export function quotaView({ id, limitBytes, limits }: Quota): object {
  return {
    id,
    limit_bytes: limitBytes,
    limit: sizeText(limitBytes),
    default_config: false,
    limits: [...limits.values()].map(limitView),
    default_config_exists: false,
  };
}

/** The bytes in the body of a creation. */
export function newQuotaBytes(call: Call): number {
  return sizeIn(jsonBody(call, creationSchema)) ?? 0;
}

/** Sets a quota where there is none yet. */
export function createQuota(call: Call, namespace: Namespace, bytes: number, subject: string): ApiResponse {
  if (namespace.quota) throw invalidRequest(`${subject} '${namespace.name}' already exists`);
  namespace.quota = { id: takeId(call.simulation.state), limitBytes: positive(bytes), limits: new Map() };
  return json('Created', 201);
}

/** The body of a change. */
export function quotaChange(call: Call): JsonObject {
  const body = jsonBody(call, changeSchema);
  if (body.limit_bytes !== undefined && body.limit !== undefined) {
    throw invalidRequest('Only one of limit_bytes and limit may be given');
  }
  return body;
}

/** Changes a quota; zero, and nothing at all, are passed over in silence. */
export function changeQuota(quota: Quota, body: JsonObject): ApiResponse {
  const bytes = sizeIn(body);
  if (bytes) quota.limitBytes = positive(bytes);
  return json(quotaView(quota));
}

/** The quota of the path, which must be the namespace's own. */
export function quotaOf(call: Call, namespace: Namespace | undefined): Quota {
  const id = idParam(call, 'quota_id');
  if (!namespace?.quota || namespace.quota.id !== id) throw notFound();
  return namespace.quota;
}

/** A numeric id of the path; the database chokes on anything else. */
export function idParam(call: Call, name: string): number {
  const value = param(call, name);
  if (!/^\d+$/.test(value) || Number(value) >= largestId) throw crash();
  return Number(value);
}

function sizeIn(body: JsonObject): number | undefined {
  const size = text(body, 'limit');
  return size === undefined ? number(body, 'limit_bytes') : bytesOf(size);
}

function positive(bytes: number): number {
  if (bytes <= 0) throw invalidRequest(`Invalid quota size limit value: '${bytes}'`);
  return bytes;
}
