import { afterAll, beforeAll } from '@jest/globals';
import { Cluster } from '../../fixtures/operator/cluster.js';
import { type Operator } from '../../fixtures/operator/operator.js';

/** What tests share that want an operator without arguments, and disturb no integration but their own. */
export let cluster: Cluster;
export let operator: Operator;

beforeAll(async () => {
  cluster = await Cluster.open();
  operator = await cluster.start();
});
afterAll(() => cluster.close());
