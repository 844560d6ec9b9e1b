import type { Change } from './change.js';

/** One answer per kind of change: a kind that is missing does not compile. */
export type PerChange<R> = {
  readonly [T in Change['type']]: (change: Extract<Change, { readonly type: T }>) => R;
};

/** The answer of the table for this change. */
export function match<R>(table: PerChange<R>, change: Change): R {
  const answer = table[change.type] as (change: Change) => R;
  return answer(change);
}
