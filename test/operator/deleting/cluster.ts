import { afterAll, beforeAll } from '@jest/globals';
import { Cluster } from '../../fixtures/operator/cluster.js';

/** What scenes of deletions share; each starts operators with arguments of its own, and stops them. */
export let cluster: Cluster;

beforeAll(async () => {
  cluster = await Cluster.open();
});
afterAll(() => cluster.close());
