import { afterAll, beforeAll } from '@jest/globals';
import { Cluster } from '../../fixtures/operator/cluster.js';
import { type Operator } from '../../fixtures/operator/operator.js';

/** What scenes share that want an operator as it usually is, and disturb no integration but their own. */
export let cluster: Cluster;
export let operator: Operator;

beforeAll(async () => {
  cluster = await Cluster.open();
  operator = await cluster.start();
});
afterAll(() => cluster.close());
