import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OperatorProcess, startOperator } from './operator/process.js';
import { openFixture } from './operator/fixture.js';
import { type Benchmark, median, result } from './result.js';

const rounds = 5;

/** From the start of the process until it is ready, caches filled, beyond what Node itself takes to start. */
export const start: Benchmark = async () => {
  const fixture = await openFixture({ namespaces: 10, streams: 10 });
  try {
    const bare: number[] = [];
    const ready: number[] = [];
    const cpu: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const begun = performance.now();
      execFileSync(process.execPath, ['-e', '0']);
      bare.push(performance.now() - begun);
      const operator = await startOperator(fixture.plane.kubeconfig, fixture.folder);
      ready.push(await readyAfter(operator));
      cpu.push(await operator.cpuSeconds());
      await operator.stop();
    }
    const [node, ours] = [median(bare), median(ready)];
    const value = (ours - node) / 1000;
    const name = `start: ready beyond Node's own ${node.toFixed(0)} ms (${median(cpu).toFixed(2)} s CPU)`;
    return [result(name, { value, bound: 0.4, unit: 's', goal: 1 })];
  } finally {
    await fixture.remove();
  }
};

async function readyAfter({ status, started }: OperatorProcess): Promise<number> {
  while ((await status('/readyz')) !== 200) await sleep(5);
  return performance.now() - started;
}
