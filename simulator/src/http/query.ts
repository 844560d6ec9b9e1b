import { type Call } from './call.js';
import { dataError } from './refusal.js';

/** A query parameter, undefined when it is absent. */
export function queryText(call: Call, name: string): string | undefined {
  if (!call.request.query.includes(name)) return undefined;
  return new URLSearchParams(call.request.query).get(name) ?? undefined;
}

/** A boolean query parameter: everything but false, 0, no and nothing is true. */
export function queryFlag(call: Call, name: string, otherwise: boolean): boolean {
  const value = queryText(call, name);
  if (value === undefined) return otherwise;
  return !['false', '0', 'f', 'n', 'no', 'none', ''].includes(value.toLowerCase());
}

/** An integer query parameter; anything else is refused with the parameter's help text. */
export function queryInteger(call: Call, name: string, help: string): number | undefined {
  const value = queryText(call, name);
  if (value === undefined) return undefined;
  if (!/^\s*[+-]?\d+\s*$/.test(value)) throw dataError({ [name]: help });
  return Number(value);
}
