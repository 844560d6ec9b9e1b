import { type z } from 'zod';
import { type Problem } from '../../errors/index.js';
import { duplicates } from './duplicates.js';
import { problemsOf } from './problems-of.js';

/** A value that fits its schema, every default filled in, or all that is wrong with it. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Holds a value against a schema; `source` is the file or whatever the input is called. */
export function check<T>(schema: z.ZodType<T>, value: unknown, source?: string): Checked<T> {
  const parsed = schema.safeParse(value, { reportInput: true });
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error.issues, schema)),
    ...duplicates(schema, parsed.success ? parsed.data : value),
  ].map((problem) => (source === undefined ? problem : { ...problem, source }));
  return parsed.success && problems.length === 0 ? { ok: true, value: parsed.data } : { ok: false, problems };
}
