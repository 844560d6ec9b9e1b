import { isTruncated } from './feed-state.js';
import { byKind, type DayCount, type Entry } from './rows.js';

/** More rows of a day are not listed for a proof. */
export const mostProofRows = 200;

/** How many rows a day has by its counts. */
export function rowsOf(counts: readonly DayCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** Whether the list of a day that is over has exactly what its counts say, and anything at all. */
export function isProvenBy(counts: readonly DayCount[], listed: readonly Entry[]): boolean {
  if (listed.length === 0 || rowsOf(counts) !== listed.length || isTruncated(counts)) return false;
  const found = byKind(listed);
  return counts.every(({ kind, count }) => found.get(kind) === count);
}

/** Of the organizations that were written to, those whose rows are there. */
export function seenOwn(
  written: ReadonlySet<string>,
  username: string,
  entries: readonly Entry[],
): ReadonlySet<string> {
  const own = entries.filter(({ tokenOwner }) => tokenOwner === username);
  const named = own.flatMap(({ namespaces }) => namespaces);
  return new Set(named.filter((name) => written.has(name)));
}
