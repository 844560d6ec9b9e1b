import { type ConfigValue, PlainScalar } from './value.js';

/** The number that Quay reads a scalar as that is kept as written; a date is none, and everything else stays what it is. */
export function plainNumber(value: ConfigValue | undefined): ConfigValue | undefined {
  if (!(value instanceof PlainScalar)) return value;
  const { source } = value;
  if (/^\d{4}-\d\d?-\d\d?/.test(source)) return value;
  const text = source.replaceAll('_', '');
  if (/^[-+]?0[0-7]+$/.test(text)) return parseInt(text, 8);
  return Number.isNaN(Number(text)) ? 0 : Number(text);
}
