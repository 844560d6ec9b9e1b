import { type Json, type Placeholder } from './scenario.js';

/** Values of placeholders seen so far, and the addresses of the server. */
export interface Bindings {
  readonly base: string;
  readonly placeholders: Readonly<Record<string, Placeholder>>;
  readonly values: ReadonlyMap<string, Json>;
}

const placeholder = /^<(token|uuid|int|client-id|secret|page|password):\d+>$/;
const forms: Readonly<Record<string, RegExp>> = {
  '<date:rfc2822>': /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} -0000$/,
  '<date:iso8601>': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  '<date:unix>': /^\d{9,11}$/,
  '<hash>': /^[0-9a-f]{32,64}$/,
  '<color>': /^#[0-9a-f]{6}$/i,
};
const tokenPattern = /<[a-z-]+(?::[a-z0-9]+)?>/g;

/** Puts known values into a text of a request. */
export function filledIn(text: string, bindings: Bindings): string {
  return text.replace(tokenPattern, (name) => {
    const value = bindings.values.get(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : name;
  });
}

/** The bindings after a text has met what was recorded for it; undefined when they do not fit. */
export function matchText(expected: string, actual: Json, bindings: Bindings): Bindings | undefined {
  if (placeholder.test(expected)) return bound(expected, actual, bindings);
  if (typeof actual !== 'string') {
    return typeof actual === 'number' && expected === '<date:unix>' ? bindings : undefined;
  }
  const form = forms[expected];
  if (form) return form.test(actual) ? bindings : undefined;
  const known = withAddresses(filledIn(expected, bindings), bindings);
  if (known.endsWith('<more>')) return actual.startsWith(known.slice(0, -'<more>'.length)) ? bindings : undefined;
  return known === actual ? bindings : undefined;
}

function withAddresses(text: string, { base }: Bindings): string {
  return text.replaceAll('<base>', base).replaceAll('<host>', new URL(base).host);
}

function bound(name: string, actual: Json, bindings: Bindings): Bindings | undefined {
  const known = bindings.values.get(name);
  if (known !== undefined) return known === actual ? bindings : undefined;
  const kind = name.slice(0, name.indexOf(':'));
  const taken = [...bindings.values].some(([other, value]) => other.startsWith(`${kind}:`) && value === actual);
  if (taken || !hasForm(name, actual, bindings)) return undefined;
  return { ...bindings, values: new Map([...bindings.values, [name, actual]]) };
}

function hasForm(name: string, actual: Json, { placeholders }: Bindings): boolean {
  const { type = '', length, alphabet } = placeholders[name] ?? {};
  if (type === 'integer') return Number.isInteger(actual);
  if (typeof actual !== 'string' || actual === '') return false;
  if (type === 'uuid v4') return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(actual);
  if (length !== undefined && actual.length !== length) return false;
  return alphabet === undefined || new RegExp(`^[${alphabet}]+$`).test(actual);
}
