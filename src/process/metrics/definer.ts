import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Adds metrics to a registry. Names come without the prefix that all of ours have. */
export interface Definer {
  readonly counter: <L extends string = never>(name: string, help: string, labels?: readonly L[]) => Counter<L>;
  readonly gauge: <L extends string = never>(name: string, help: string, labels?: readonly L[]) => Gauge<L>;
  readonly histogram: <L extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labels?: readonly L[],
  ) => Histogram<L>;
}

/** What every name begins with. */
export const metricPrefix = 'quayside_';

/** Adds metrics to this registry. */
export function definer(registry: Registry): Definer {
  const registers = [registry];
  const named = (name: string): string => `${metricPrefix}${name}`;
  return {
    counter: (name, help, labels = []) => new Counter({ name: named(name), help, labelNames: labels, registers }),
    gauge: (name, help, labels = []) => new Gauge({ name: named(name), help, labelNames: labels, registers }),
    histogram: (name, help, buckets, labels = []) =>
      new Histogram({ name: named(name), help, buckets: [...buckets], labelNames: labels, registers }),
  };
}
