import { type Doubt, type Everything } from '../index.js';

/** Why everything has to be read. */
export type Why = Doubt | Everything | 'Beginning' | 'Unproven' | 'Unreadable' | 'Denied';

/** What has changed in Quay. */
export type Changes =
  /** Anything may have. `spread`: not all at once, since nothing says that it is urgent. */
  | { readonly type: 'Everything'; readonly why: Why; readonly spread: boolean }
  /** These organizations, of this cluster or not; `roles`: those of them whose permissions on repositories may be others. */
  | { readonly type: 'Some'; readonly organizations: ReadonlySet<string>; readonly roles: ReadonlySet<string> };

/** Nothing has changed. */
export const nothing: Changes = { type: 'Some', organizations: new Set(), roles: new Set() };

/** Whether the audit log is relied on. */
export type Standing =
  /** Nothing was seen yet that shows it to be whole. */
  | { readonly trust: 'Unproven' }
  | { readonly trust: 'Trusted' }
  /** Something was wrong with it; it has to prove itself again. */
  | { readonly trust: 'Doubted'; readonly why: Why; readonly message?: string }
  /** The token may not read it: everything is as if there were none. */
  | { readonly trust: 'Denied' };

const words: Readonly<Partial<Record<Why, string>>> = {
  TenKinds: 'it has exactly ten kinds of rows, as many as a log in Elasticsearch shows',
  Shrunk: 'there are fewer rows of a day than before, as after a restored database',
  Lost: 'fewer rows are listed than are counted',
  Unreadable: 'it cannot be read',
};

/** Why it is not relied on, for a person; nothing where that is no news. */
export function doubtWords(standing: Standing): string | undefined {
  if (standing.trust !== 'Doubted') return undefined;
  const { why, message } = standing;
  return [words[why] ?? why, message].filter((part) => part !== undefined).join(': ');
}
