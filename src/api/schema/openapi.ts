import * as z from 'zod';

/** A schema in the part of OpenAPI that Kubernetes takes for a resource. */
export interface OpenApiSchema {
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly additionalProperties?: OpenApiSchema;
  readonly items?: OpenApiSchema;
  /** type, description, default, enum and the others, as they are. */
  readonly [keyword: string]: unknown;
}

/** A zod schema as Kubernetes wants it: structural, so without references, unions and closed objects. */
export function openApiSchema(schema: z.core.$ZodType): OpenApiSchema {
  return structural(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }));
}

/** What is taken over as it is. */
const plain = new Set(
  'type format description default enum pattern required minLength maxLength minItems maxItems minProperties maxProperties'.split(
    ' ',
  ),
);

function structural(schema: z.core.JSONSchema.BaseSchema): OpenApiSchema {
  const { anyOf, ...around } = schema;
  if (schema['x-kubernetes-int-or-string'] === true) {
    return { ...keywords(around), anyOf: [{ type: 'integer' }, { type: 'string' }] };
  }
  const [inner, ...others] = (anyOf ?? []).filter(isSchema).filter(({ type }) => type !== 'null');
  if (inner !== undefined && others.length === 0) return { ...structural({ ...inner, ...around }), nullable: true };
  const { properties, items, additionalProperties: more, minimum, maximum } = schema;
  return {
    ...keywords(schema),
    ...(schema.const !== undefined && { enum: [schema.const] }),
    ...(schema.type === 'integer' && { format: schema.format ?? 'int64' }),
    ...bounds(minimum, maximum),
    ...(properties !== undefined && { properties: mapped(properties) }),
    ...(isSchema(items) && { items: structural(items) }),
    ...rememberMore(more, properties !== undefined),
  };
}

function keywords(schema: z.core.JSONSchema.BaseSchema): OpenApiSchema {
  const taken = Object.entries(schema).filter(([keyword]) => plain.has(keyword) || keyword.startsWith('x-kubernetes-'));
  return Object.fromEntries<unknown>(taken);
}

function mapped(properties: Readonly<Record<string, z.core.JSONSchema._JSONSchema>>): Record<string, OpenApiSchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([field, inner]) => [field, isSchema(inner) ? structural(inner) : {}]),
  );
}

/** Whole numbers in JavaScript have bounds of their own, which say nothing about the field. */
function bounds(minimum: number | undefined, maximum: number | undefined): OpenApiSchema {
  const tells = (bound: number | undefined): boolean =>
    bound !== undefined && Number.isSafeInteger(bound + Math.sign(bound));
  return { ...(tells(minimum) && { minimum }), ...(tells(maximum) && { maximum }) };
}

/** Kubernetes drops unknown fields of an object with properties by itself; only what keeps them has to be said. */
function rememberMore(more: unknown, hasProperties: boolean): OpenApiSchema {
  if (more === undefined || more === false) return {};
  return hasProperties || !isSchema(more) || Object.keys(more).length === 0
    ? { 'x-kubernetes-preserve-unknown-fields': true }
    : { additionalProperties: structural(more) };
}

function isSchema(value: unknown): value is z.core.JSONSchema.BaseSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
