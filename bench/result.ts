/** One figure held against a bound: the goal holds when `value / bound` is at most `goal`. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly bound: number;
  readonly ratio: number;
  readonly unit: string;
  readonly goal: number;
  readonly holds: boolean;
}

export type Benchmark = () => Promise<readonly Result[]>;

/** Holds a figure against its bound. */
export function result(name: string, figure: { value: number; bound: number; unit: string; goal: number }): Result {
  const ratio = figure.bound === 0 ? (figure.value === 0 ? 0 : Number.MAX_VALUE) : figure.value / figure.bound;
  return { name, ...figure, ratio, holds: ratio <= figure.goal };
}

/** The middle of some figures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
