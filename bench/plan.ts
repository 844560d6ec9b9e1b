import { expectExit } from './process.js';
import { type Benchmark, median, result } from './result.js';
import { fixture } from './fixture.js';

const rounds = 5;

/** Render and plan of 1,000 namespaces × 10 image streams when nothing has changed: the whole `quayside plan` process. */
export const plan: Benchmark = async () => {
  const at = await fixture({ namespaces: 1000, streams: 10 });
  try {
    await expectExit(0, ['apply', ...at.options], at.environment);
    await fetch(`${at.quay.control}/requests`, { method: 'DELETE' });
    const runs = [];
    for (let round = 0; round < rounds; round += 1)
      runs.push(await expectExit(0, ['plan', ...at.options], at.environment));
    const counts = (await (await fetch(`${at.quay.control}/requests`)).json()) as { writes: number };
    return [
      result('plan: CPU', { value: median(runs.map((run) => run.cpuSeconds)), bound: 2, unit: 's', goal: 1 }),
      result('plan: memory', {
        value: Math.max(...runs.map((run) => run.mebibytes)),
        bound: 256,
        unit: 'MiB',
        goal: 1,
      }),
      result('plan: calls that write', { value: counts.writes, bound: 0, unit: 'calls', goal: 0 }),
    ];
  } finally {
    await at.remove();
  }
};
