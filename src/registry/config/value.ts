/** Values of config.yaml and clair-config.yaml, read and written without losing anything. */

/** A plain scalar that JavaScript cannot hold as it is written: a large number, `1.0`, `010`, a date. Written back as it was read. */
export class PlainScalar {
  constructor(readonly source: string) {}
}

/** One value of a configuration. */
export type ConfigValue = string | number | boolean | null | PlainScalar | readonly ConfigValue[] | ConfigMapping;

/** A mapping in a configuration; also the whole of config.yaml. */
export interface ConfigMapping {
  readonly [key: string]: ConfigValue;
}

/** Whether a value is a mapping. */
export function isMapping(value: ConfigValue | undefined): value is ConfigMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof PlainScalar);
}
