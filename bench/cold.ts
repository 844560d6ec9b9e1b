import type { LargeCluster } from './operator/large-cluster.js';
import { large } from './operator/size.js';
import { type Benchmark, result } from './result.js';

const parallel = 8;

/** The operator's first start in a cluster where nothing has been made yet, until all is in sync. */
export function cold(cluster: LargeCluster): Benchmark {
  return async () => {
    const { cold: figures } = await cluster.begun();
    const { namespaces, streams } = large;
    const { seconds, cpuSeconds, quayWrites, quayReads, apiWrites, bareCall, apiRate } = figures;
    const quaySeconds = ((quayWrites + quayReads) * bareCall) / 1000 / parallel;
    const apiSeconds = apiWrites / apiRate;
    const slower = quaySeconds > apiSeconds ? 'Quay' : 'the API server';
    const name = (what: string): string => `cold ${namespaces} × ${streams}: ${what}`;
    const each = (count: number, bound: number) => ({ value: count / namespaces, bound, unit: 'calls', goal: 1 });
    return [
      result(name('Quay writes a namespace'), each(quayWrites, 8 + streams)),
      result(name('Quay reads a namespace'), each(quayReads, 2)),
      result(name('API writes a namespace'), each(apiWrites, 10)),
      result(name(`wall time against ${slower} (${cpuSeconds.toFixed(1)} s CPU)`), {
        value: seconds,
        bound: Math.max(quaySeconds, apiSeconds),
        unit: 's',
        goal: 1.5,
      }),
    ];
  };
}
