import fc from 'fast-check';
import { z } from 'zod';
import { type OpenApiSchema } from '../../../src/api/schema/openapi.js';

/** Values that fit a schema, each optional field there or not. */
export function fitting(schema: OpenApiSchema): fc.Arbitrary<unknown> {
  const { enum: choices, pattern, minimum, maximum, minLength, nullable, ...rest } = schema;
  if (nullable === true) return fc.option(fitting({ ...schema, nullable: false }));
  if (rest['x-kubernetes-int-or-string'] === true) {
    return fc.oneof(fc.nat(), fc.constantFrom(...(typeof pattern === 'string' ? ['1Gi', '500m'] : ['25%'])));
  }
  if (Array.isArray(choices)) return fc.constantFrom(...(choices as readonly unknown[]));
  switch (schema['type']) {
    case 'object':
      return schema.properties === undefined ? mapping(schema) : object(schema);
    case 'array':
      return list(schema);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: number(minimum, -1000), max: number(maximum, 100_000) });
    default:
      return typeof pattern === 'string'
        ? matching(pattern).filter((text) => text.length >= number(minLength, 0))
        : fc.string({ minLength: number(minLength, 0), maxLength: 20 });
  }
}

function object(schema: OpenApiSchema): fc.Arbitrary<unknown> {
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  const fields = Object.entries(schema.properties ?? {}).map(([field, inner]) => [field, fitting(inner)] as const);
  const all: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields);
  return fc.record(all, { requiredKeys: required.filter((field) => field in all) });
}

function mapping(schema: OpenApiSchema): fc.Arbitrary<unknown> {
  return fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fitting(schema.additionalProperties ?? { type: 'string' }), {
    maxKeys: 2,
    noNullPrototype: true,
  });
}

function list(schema: OpenApiSchema): fc.Arbitrary<unknown> {
  const keys = schema['x-kubernetes-list-map-keys'];
  const identity = (item: unknown): string =>
    JSON.stringify(
      Array.isArray(keys) ? keys.map((key) => (item as Readonly<Record<string, unknown>>)[String(key)] ?? '') : item,
    );
  return fc.uniqueArray(fitting(schema.items ?? {}), {
    minLength: number(schema['minItems'], 0),
    maxLength: 2,
    selector: identity,
  });
}

/** Short texts, so that two names still fit together. */
function matching(pattern: string): fc.Arbitrary<string> {
  return fc.stringMatching(new RegExp(pattern), { maxLength: 24 });
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** The value without the list items, or else the fields, that break a rule which no description can hold. */
export function withoutFaults(schema: z.core.$ZodType, value: unknown): unknown {
  const parsed = z.safeParse(schema, value);
  const path = parsed.error?.issues[0]?.path ?? [];
  if (parsed.success || path.length === 0) return value;
  const end = path.findLastIndex((step) => typeof step === 'number') + 1;
  return withoutFaults(schema, without(value, path.slice(0, end === 0 ? 1 : end)));
}

function without(value: unknown, [step, ...rest]: readonly PropertyKey[]): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) => (index !== step ? [item] : rest.length === 0 ? [] : [without(item, rest)]));
  }
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([field, inner]: [string, unknown]) =>
      field !== step ? [[field, inner]] : rest.length === 0 ? [] : [[field, without(inner, rest)]],
    ),
  );
}
