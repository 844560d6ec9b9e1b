import { type OpenApiSchema } from '../../../src/api/schema/openapi.js';

/** Fills in defaults as an API server does: only below what is there, a default's own inside included. */
export function withDefaults(schema: OpenApiSchema, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withDefaults(schema.items ?? {}, item));
  if (typeof value !== 'object' || value === null) return value;
  const filled: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(value)) {
    filled[field] = withDefaults(schema.properties?.[field] ?? schema.additionalProperties ?? {}, inner);
  }
  for (const [field, inner] of Object.entries(schema.properties ?? {})) {
    if (!(field in filled) && 'default' in inner) filled[field] = structuredClone(inner['default']);
  }
  return filled;
}
