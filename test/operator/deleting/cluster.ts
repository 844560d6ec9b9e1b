import { afterAll, beforeAll } from '@jest/globals';
import { Cluster } from '../../fixtures/operator/cluster.js';

/** What tests of deletions share; each group starts operators with arguments of its own, and stops them. */
export let cluster: Cluster;

beforeAll(async () => {
  cluster = await Cluster.open();
});
afterAll(() => cluster.close());
