import { openLightCluster } from './light/cluster.js';
import { endOfRound } from './operator/rounds.js';
import { large } from './operator/size.js';
import { type Benchmark, result } from './result.js';

const rounds = 10;

/** What the operator has in memory after a resync, and what ten more add to that. */
export const memory: Benchmark = async () => {
  const cluster = await openLightCluster(large);
  const sizes: number[] = [];
  try {
    const { operator, edit } = cluster;
    edit({ interval: '2s' });
    await endOfRound(operator);
    for (let at = 0; at <= rounds; at += 1) {
      await endOfRound(operator);
      sizes.push(await operator.mebibytes());
    }
  } finally {
    await cluster.remove();
  }
  process.stderr.write(`  MiB after each resync: ${sizes.map((size) => size.toFixed(0)).join(' ')}\n`);
  const [first = NaN] = sizes;
  const name = (what: string): string => `memory ${large.namespaces} × ${large.streams}: ${what}`;
  return [
    result(name('after a resync'), { value: first, bound: 110, unit: 'MiB', goal: 1 }),
    result(name('after ten more, on the trend'), {
      value: first + slope(sizes) * rounds,
      bound: first,
      unit: 'MiB',
      goal: 1.05,
    }),
  ];
};

/** By how much each value is larger than the one before, by least squares. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const products = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  return products / values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
}
