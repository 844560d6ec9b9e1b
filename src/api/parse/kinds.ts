import { type Problem } from '../../errors/index.js';
import { nearest } from './suggestion.js';

/** A kind of object and the versions of it that are understood. */
export interface Kind {
  readonly kind: string;
  readonly apiVersions: readonly string[];
}

/** What is wrong with the first two lines of an object; nothing when it is of one of the kinds. */
export function kindProblem(value: unknown, kinds: readonly Kind[]): Problem | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { path: '', message: 'must be a mapping with apiVersion, kind, metadata and spec' };
  }
  const { apiVersion, kind } = value as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const known = kinds.find((each) => each.kind === kind);
  if (known === undefined)
    return wrong(
      'kind',
      kind,
      kinds.map((each) => each.kind),
    );
  const fits = known.apiVersions.some((version) => version === apiVersion);
  return fits ? undefined : wrong('apiVersion', apiVersion, known.apiVersions);
}

function wrong(path: string, found: unknown, expected: readonly string[]): Problem {
  const list = expected.join(' or ');
  if (found === undefined) return { path, message: `is required: ${list}` };
  const shown = JSON.stringify(found) ?? typeof found;
  const message = `must be ${list}, not ${shown.slice(0, 100)}`;
  const near = typeof found === 'string' ? nearest(found, expected) : undefined;
  return { path, message, ...(near !== undefined && { hint: `did you mean ${near}?` }) };
}
