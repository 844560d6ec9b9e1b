import { type z } from 'zod';
import { fieldsOf, itemOf, peel } from './walk.js';

/** How the lists below each field are told apart: by which fields an item is known, and the same for what is inside it. */
export interface ListKeys {
  readonly [field: string]: { readonly keys?: readonly string[]; readonly fields?: ListKeys };
}

/** The list keys of all fields of an object's schema, as the schema states them for Kubernetes. */
export function listKeys(schema: z.core.$ZodType): ListKeys {
  const found: [string, ListKeys[string]][] = [];
  for (const [field, inner] of Object.entries(fieldsOf(schema))) {
    const keys = mapKeys(inner);
    const fields = listKeys(itemOf(inner) ?? inner);
    const nested = Object.keys(fields).length > 0;
    if (keys !== undefined || nested) found.push([field, { ...(keys && { keys }), ...(nested && { fields }) }]);
  }
  return Object.fromEntries(found);
}

/** The fields by which the items of a list are known; undefined for lists that are one value. */
export function mapKeys(schema: z.core.$ZodType): readonly string[] | undefined {
  const keys = peel(schema).meta['x-kubernetes-list-map-keys'];
  return Array.isArray(keys) ? keys.map(String) : undefined;
}

/** Whether a list must not hold a value twice. */
export function isSet(schema: z.core.$ZodType): boolean {
  return peel(schema).meta['x-kubernetes-list-type'] === 'set';
}
