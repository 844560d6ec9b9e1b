import { isRecord } from '../json/index.js';

/** What YAML and JSON can both say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A mapping; a field that is `undefined` is as good as absent. */
export interface JsonObject {
  readonly [field: string]: Json | undefined;
}

/** Whether a value is a mapping. */
export function isObject(value: Json | undefined): value is JsonObject {
  return isRecord(value);
}
