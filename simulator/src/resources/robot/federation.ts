import { jsonValue } from '../../http/body.js';
import { type Call } from '../../http/call.js';
import { isList, isObject, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { invalidRequest } from '../../http/refusal.js';
import { type Robot } from '../../state/model.js';

const federationSchema: Schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['issuer', 'subject'],
    properties: { issuer: { type: 'string' }, subject: { type: 'string' } },
  },
};

/** Who may log in as the robot without its token. */
export function readFederation(robot: Robot): ApiResponse {
  return json(robot.federation);
}

/** Replaces the whole set. */
export function replaceFederation(call: Call, find: (call: Call) => Robot): ApiResponse {
  const body = jsonValue(call, federationSchema);
  const robot = find(call);
  const entries = (isList(body) ? body : []).filter(isObject).map((entry) => ({
    issuer: text(entry, 'issuer') ?? '',
    subject: text(entry, 'subject') ?? '',
  }));
  const seen = new Set<string>();
  for (const { issuer, subject } of entries) {
    if (!/^https?:\/\//.test(issuer)) throw invalidRequest('Issuer must be a URL (http:// or https://)');
    const key = JSON.stringify([issuer, subject]);
    if (seen.has(key)) throw invalidRequest('Duplicate federation config entry');
    seen.add(key);
  }
  robot.federation = entries;
  return json(entries);
}

/** Clears the set. */
export function clearFederation(robot: Robot): ApiResponse {
  robot.federation = [];
  return noContent();
}
