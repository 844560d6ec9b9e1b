/** Something that is read again and again. */
export interface Sliced {
  readonly name: string;
  /** When all of it was read last, by a clock that never goes back; absent: never. */
  readonly readAt?: number | undefined;
}

/** How many of them are read in each interval, so that all are within the whole time. */
export function sliceSize(count: number, interval: number, whole: number): number {
  return Math.min(count, Math.ceil((count * interval) / Math.max(interval, whole)));
}

/** The next of them: those that were read longest ago. */
export function nextSlice<T extends Sliced>(all: readonly T[], size: number): readonly T[] {
  const age = ({ readAt }: Sliced): number => readAt ?? Number.NEGATIVE_INFINITY;
  return [...all].sort((a, b) => (age(a) === age(b) ? (a.name < b.name ? -1 : 1) : age(a) - age(b))).slice(0, size);
}
