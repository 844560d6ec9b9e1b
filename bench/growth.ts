import { expectExit } from './process.js';
import { type Benchmark, median, result } from './result.js';
import { fixture } from './fixture.js';

const rounds = 3;

async function cpuOfPlan(namespaces: number): Promise<number> {
  const at = await fixture({ namespaces, streams: 10 });
  try {
    await expectExit(0, ['apply', ...at.options], at.environment);
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      times.push((await expectExit(0, ['plan', ...at.options], at.environment)).cpuSeconds);
    return median(times);
  } finally {
    await at.remove();
  }
}

/** How the CPU time of a plan without a change grows from 1,000 to 10,000 namespaces. */
export const growth: Benchmark = async () => [
  result('growth: CPU of 10,000 against 1,000 namespaces', {
    bound: await cpuOfPlan(1000),
    value: await cpuOfPlan(10_000),
    unit: 's',
    goal: 12,
  }),
];
