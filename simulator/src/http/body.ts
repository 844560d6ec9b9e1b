import { type Call } from './call.js';
import { type Schema, violation } from './json-schema.js';
import { isObject, type Json, type JsonObject } from './json.js';
import { dataError, invalidRequest } from './refusal.js';

const notJson = "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.";
const unreadable = 'The browser (or proxy) sent a request that this server could not understand.';

/** The body, checked against the schema; refuses in the order of the real server. */
export function jsonValue(call: Call, schema: Schema): Json {
  if (!isJsonType(call.request.contentType)) throw dataError(notJson, 415);
  const value = parse(call.request.body);
  if (value === undefined) throw dataError(unreadable);
  if (value === null) throw invalidRequest('Missing JSON body');
  return conforming(value, schema);
}

/** The body as an object, checked against the schema. */
export function jsonBody(call: Call, schema: Schema): JsonObject {
  const value = jsonValue(call, { type: 'object', ...schema });
  return isObject(value) ? value : {};
}

/** As jsonBody, but a body that is missing or cannot be read counts as empty. */
export function optionalJsonBody(call: Call, schema: Schema): JsonObject {
  const value = isJsonType(call.request.contentType) ? parse(call.request.body) : undefined;
  if (value === undefined || value === null) return {};
  conforming(value, { type: 'object', ...schema });
  return isObject(value) ? value : {};
}

function conforming(value: Json, schema: Schema): Json {
  const found = violation(schema, value);
  if (found) throw invalidRequest(found);
  return value;
}

function isJsonType(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

function parse(body: string): Json | undefined {
  try {
    const value: Json = JSON.parse(body) as Json;
    return value;
  } catch {
    return undefined;
  }
}
