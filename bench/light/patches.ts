import { type Fields, isRecord, objectOrEmpty } from '../../src/json/index.js';

/** An object with what a manager applies, and without what it applied before and no longer does. Lists are taken whole. */
export function applied(live: Fields, before: Fields, now: Fields): Fields {
  return merged(without(live, before), now);
}

/** A merge patch. */
export function merged(one: Fields, other: Fields): Fields {
  const all: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other))
    all[name] = isRecord(value) ? merged(objectOrEmpty(one[name]), value) : value;
  return all;
}

function without(value: Fields, fields: Fields): Fields {
  const left = Object.entries(value).map(([name, inner]): [string, unknown] => {
    const owned = fields[name];
    if (owned === undefined) return [name, inner];
    const rest = isRecord(owned) && isRecord(inner) ? without(inner, owned) : {};
    return [name, Object.keys(rest).length === 0 ? undefined : rest];
  });
  return Object.fromEntries(left.filter(([, inner]) => inner !== undefined));
}

/** A step of a JSON patch. */
export interface Step {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

/** A JSON patch; undefined where a `test` in it fails. */
export function patched(live: Fields, steps: readonly Step[]): Fields | undefined {
  const object = structuredClone(live);
  for (const { op, path, value } of steps) {
    const names = path
      .split('/')
      .slice(1)
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = names.pop() ?? '';
    const into = names.reduce<unknown>((inner, name) => (inner as Fields)[name], object) as Record<string, unknown>;
    if (op === 'test') {
      if (JSON.stringify(into[last]) !== JSON.stringify(value)) return undefined;
    } else if (Array.isArray(into)) {
      const at = last === '-' ? into.length : Number(last);
      into.splice(at, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
    } else if (op === 'remove') delete into[last];
    else into[last] = value;
  }
  return object;
}
