import { setTimeout as sleep } from 'node:timers/promises';
import type { LargeCluster } from './operator/large-cluster.js';
import { project } from './operator/objects.js';
import { startOperator } from './operator/process.js';
import { large } from './operator/size.js';
import { type Benchmark, result } from './result.js';

const callsPerSecond = 5;
const creation = 'POST /api/v1/organization/';
const patience = 600_000;

/**
 * A new project while an operator that has just started looks at every organization again, a few calls a second. It is the last
 * that the large cluster is used for.
 */
export function queue(cluster: LargeCluster): Benchmark {
  return async () => {
    const { fixture, operator: before } = await cluster.begun();
    await before.stop();
    await fixture.reset();
    const operator = await startOperator(fixture.plane.kubeconfig, fixture.folder, [
      '--calls-per-second',
      String(callsPerSecond),
    ]);
    const calls = async (): Promise<number> => (await fixture.quayCounts()).total;
    const created = async (): Promise<number> => (await fixture.quayCounts()).byRoute[creation] ?? 0;
    const until = async (check: () => Promise<boolean>): Promise<void> => {
      const deadline = performance.now() + patience;
      while (!(await check())) {
        if (performance.now() > deadline) throw new Error('the operator did not come so far');
        await sleep(50);
      }
    };
    try {
      // By then it is in the middle of it.
      await until(async () => (await calls()) > 5 * callsPerSecond);
      const begun = performance.now();
      await fixture.requests.send({ method: 'POST', path: '/api/v1/namespaces', body: project('late') });
      await until(async () => (await created()) > 0);
      const seconds = (performance.now() - begun) / 1000;
      const waiting = await operator.metric('quayside_queue_depth{queue="organizations",state="refresh"}');
      const name = `queue ${large.namespaces}: organization of a new project, ${waiting} others waiting`;
      return [result(name, { value: seconds, bound: 5, unit: 's', goal: 1 })];
    } finally {
      await operator.stop();
    }
  };
}
