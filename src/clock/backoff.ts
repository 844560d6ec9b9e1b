/** How long to wait after failures that follow one another. */
export interface Backoff {
  /** Milliseconds after the first. */
  readonly first: number;
  /** Milliseconds at most. */
  readonly most: number;
}

/** The wait after the nth failure: doubled each time, and between half of that and all of it, so that many do not come back at once. */
export function backoff({ first, most }: Backoff, failures: number, random: () => number = Math.random): number {
  const full = Math.min(most, first * 2 ** Math.min(Math.max(failures, 1) - 1, 30));
  return full * (0.5 + random() / 2);
}
