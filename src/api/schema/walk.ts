import * as z from 'zod';

/** A schema without the layers that make it optional or give it a default, and what was said about it on any layer. */
export interface Peeled {
  readonly schema: z.core.$ZodType;
  readonly meta: Readonly<Record<string, unknown>>;
}

/** Takes off optional, nullable and default. */
export function peel(schema: z.core.$ZodType): Peeled {
  const meta = z.globalRegistry.get(schema) ?? {};
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    const inner = peel(schema.unwrap());
    return { schema: inner.schema, meta: { ...inner.meta, ...meta } };
  }
  return { schema, meta };
}

/** The fields that an object's schema names; none for everything else. */
export function fieldsOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const { schema: inner } = peel(schema);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

/** The schema of a list's items, or undefined for what is no list. */
export function itemOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const { schema: inner } = peel(schema);
  return inner instanceof z.ZodArray ? inner.element : undefined;
}

/** The schema at a path inside another one, where there is one. */
export function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  let at: z.core.$ZodType | undefined = schema;
  for (const step of path) {
    if (at === undefined) return undefined;
    at = typeof step === 'number' ? itemOf(at) : fieldsOf(at)[String(step)];
  }
  return at;
}
