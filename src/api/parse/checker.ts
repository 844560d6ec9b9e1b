import { type z } from 'zod';
import { type Problem } from '../../errors/index.js';
import { duplicateFinder } from './duplicates.js';
import { problemsOf } from './problems-of.js';

/** A value that fits its schema, every default filled in, or all that is wrong with it. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Holds values against a schema; `source` is the file or whatever the input is called. */
export function checker<T>(schema: z.ZodType<T>): (value: unknown, source?: string) => Checked<T> {
  const duplicatesIn = duplicateFinder(schema);
  return (value, source) => {
    const parsed = schema.safeParse(value, { reportInput: true });
    const problems = [
      ...(parsed.success ? [] : problemsOf(parsed.error.issues, schema)),
      ...(duplicatesIn?.(parsed.success ? parsed.data : value) ?? []),
    ];
    if (parsed.success && problems.length === 0) return { ok: true, value: parsed.data };
    return { ok: false, problems: source === undefined ? problems : problems.map((each) => ({ ...each, source })) };
  };
}
