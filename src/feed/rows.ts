/** How many rows of a kind there are on a day. */
export interface DayCount {
  readonly kind: string;
  /** The midnight (UTC) at which the day begins, in seconds since 1970. */
  readonly day: number;
  readonly count: number;
}

/** A row of the audit log. Rows have no identity of their own: two that are equal are told apart by their number alone. */
export interface Entry {
  readonly kind: string;
  /** Whole seconds since 1970, by the clock of the server that wrote it. */
  readonly time: number;
  /** The namespaces that it names, the one that it is listed under among them. */
  readonly namespaces: readonly string[];
  /** Who did it, where it was done with an OAuth token. */
  readonly tokenOwner?: string;
  /** All of it, as text. */
  readonly text: string;
}

const secondsOfDay = 24 * 3600;

/** The midnight at which the day of a moment begins. */
export function dayOf(time: number): number {
  return Math.floor(time / secondsOfDay) * secondsOfDay;
}

/** The midnight before that of a moment, or after it. */
export function dayBeside(time: number, days: -1 | 1): number {
  return dayOf(time) + days * secondsOfDay;
}

/** Rows by their kind. */
export function byKind(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { kind } of entries) found.set(kind, (found.get(kind) ?? 0) + 1);
  return found;
}

/** Those of `entries` that are not among `known`, each as often as it is there once more. */
export function without(entries: readonly Entry[], known: readonly Entry[]): readonly Entry[] {
  const left = new Map<string, number>();
  for (const { text } of known) left.set(text, (left.get(text) ?? 0) + 1);
  return entries.filter(({ text }) => {
    const times = left.get(text) ?? 0;
    if (times > 0) left.set(text, times - 1);
    return times === 0;
  });
}
