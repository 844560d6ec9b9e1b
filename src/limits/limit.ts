/** What a number of a limit counts. */
export type Unit =
  | 'bytes'
  | 'characters'
  | 'seconds'
  | 'levels'
  | 'entries'
  | 'values'
  | 'aliases'
  | 'files'
  | 'faults'
  | 'commits'
  | 'pages'
  | 'repositories'
  | 'service accounts'
  | 'reviews'
  | 'connections';

/** How much of one thing from outside is taken. */
export interface Limit {
  /** Where it comes from. */
  readonly input: string;
  /** What of it is limited. */
  readonly what: string;
  readonly most: number;
  readonly unit: Unit;
  /** What happens beyond it. */
  readonly beyond: string;
}

/** The rows of one input. */
export function of<const K extends string>(
  input: string,
  rows: Readonly<Record<K, readonly [what: string, most: number, unit: Unit, beyond: string]>>,
): Readonly<Record<K, Limit>> {
  const entries = Object.entries<(typeof rows)[K]>(rows);
  return Object.fromEntries(
    entries.map(([name, [what, most, unit, beyond]]) => [name, { input, what, most, unit, beyond }]),
  ) as Record<K, Limit>;
}
