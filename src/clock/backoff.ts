/** How long to wait after failures that follow one another. */
export interface Backoff {
  /** Milliseconds after the first. */
  readonly first: number;
  /** Milliseconds at most. */
  readonly most: number;
  /** The share of each wait that is random, so that many do not come back at once. Default: half of it. */
  readonly jitter?: number;
}

/** The wait after the nth failure: doubled each time, less a random part of its jitter. */
export function backoff(
  { first, most, jitter = 0.5 }: Backoff,
  failures: number,
  random: () => number = Math.random,
): number {
  const full = Math.min(most, first * 2 ** Math.min(Math.max(failures, 1) - 1, 30));
  return full * (1 - jitter + jitter * random());
}
