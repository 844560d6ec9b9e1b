import { afterAll, beforeAll } from '@jest/globals';
import { Cluster } from '../../fixtures/operator/cluster.js';
import { Harness } from '../../fixtures/operator/harness.js';
import { type Operator } from '../../fixtures/operator/operator.js';

export const count = Number(process.env.QUAYSIDE_TEST_NAMESPACES ?? 100);
export const names: readonly string[] = Array.from({ length: count }, (_, at) => `n${at}`);

/** One cluster with this many organizations, made once: that takes longer than what is asked of them. */
export let cluster: Cluster;
export let harness: Harness;
export let operator: Operator;

beforeAll(
  async () => {
    cluster = await Cluster.open();
    operator = await cluster.start();
    harness = await Harness.open(cluster, { spec: { interval: '5s', fullInterval: '5s' } });
    await harness.projects(names, ['web', 'api']);
    await harness.ready(names, 60_000 + count * 1_000);
  },
  240_000 + count * 1_000,
);
afterAll(async () => {
  await cluster.close();
  await harness.quay.close();
});
