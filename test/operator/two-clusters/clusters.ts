import { afterAll, beforeAll } from '@jest/globals';
import { type Simulator, startSimulator } from '@quayside/simulator';
import { Cluster } from '../../fixtures/operator/cluster.js';

/** Two clusters that have nothing in common, with an operator each, and a Quay for both. */
export let clusters: readonly [Cluster, Cluster];
export let quay: Simulator;

beforeAll(async () => {
  clusters = await Promise.all([Cluster.open(), Cluster.open({ isNew: true })]);
  quay = await startSimulator();
  await Promise.all(clusters.map((cluster) => cluster.start()));
});
afterAll(async () => {
  await Promise.all(clusters.map((cluster) => cluster.close()));
  await quay.close();
});
