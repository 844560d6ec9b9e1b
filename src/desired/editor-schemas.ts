import * as z from 'zod';
import { quayOrganization } from '../api/index.js';
import { type Json, type JsonObject, isObject } from '../state/index.js';
import { ignoreFile } from './ignore.js';
import { overlayDocument } from './overlay.js';

/** What the JSON schemas of a state repository are about. */
export type EditorSchema = 'overlay' | 'ignore' | 'organization';

/** How a file begins that Quayside wrote for people and editors, and writes again. */
export const writtenByUs = 'Written by Quayside;';

const comment = `${writtenByUs} changes made here are overwritten.`;

/** The JSON schemas with which editors complete and check the files of a state repository. */
export function editorSchemas(): ReadonlyMap<EditorSchema, JsonObject> {
  return new Map([
    ['overlay', titled('What people add to the document of a namespace', overlaySchema())],
    ['ignore', titled('Namespaces and organizations that Quayside ignores', schemaOf(ignoreFile))],
    ['organization', titled('A QuayOrganization', schemaOf(quayOrganization))],
  ]);
}

function titled(title: string, { $schema, ...schema }: JsonObject): JsonObject {
  return { $comment: comment, $schema, title, ...schema };
}

function schemaOf(schema: z.core.$ZodType): JsonObject {
  const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', reused: 'inline' });
  return plain(JSON.parse(JSON.stringify(json)) as JsonObject) as JsonObject;
}

/** Robots for service accounts get their names and those of their Secrets from the account, and a null takes a field back. */
function overlaySchema(): JsonObject {
  const schema = changed(schemaOf(overlayDocument), ['properties', 'spec', 'properties'], orNull);
  const robots = ['properties', 'spec', 'properties', 'robots', 'anyOf', '0', 'items'];
  const named = changed(schema, robots, ({ required: _, ...robot }) => robot);
  return changed(named, [...robots, 'properties', 'pullSecret'], (secret) => ({
    ...secret,
    required: ['serviceAccount'],
  }));
}

function orNull(properties: JsonObject): JsonObject {
  const nullable = Object.entries(properties).map(([field, schema = {}]): [string, Json] => [
    field,
    { anyOf: [schema, { type: 'null' }] },
  ]);
  return Object.fromEntries(nullable);
}

/** A copy with another object at a place; without one there it stays as it is. */
function changed(
  value: JsonObject,
  [step, ...steps]: readonly string[],
  to: (there: JsonObject) => JsonObject,
): JsonObject {
  if (step === undefined) return to(value);
  const inner = value[step];
  if (Array.isArray(inner)) {
    const items = inner as readonly Json[];
    const [at, ...further] = steps;
    return {
      ...value,
      [step]: items.map((item, index) => (String(index) === at && isObject(item) ? changed(item, further, to) : item)),
    };
  }
  return isObject(inner) ? { ...value, [step]: changed(inner, steps, to) } : value;
}

/** Without what only Kubernetes reads. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(plain);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([keyword]) => !keyword.startsWith('x-kubernetes-'));
  return Object.fromEntries(entries.map(([keyword, inner = null]) => [keyword, plain(inner)]));
}
