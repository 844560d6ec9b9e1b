import { expect, test } from '@jest/globals';
import { predecessorFinalizers } from '../../src/api/index.js';
import { type KubeClient, resourceTypes } from '../../src/kube/index.js';
import { createNamespaces } from '../../src/operator/namespaces.js';
import { integration } from '../fixtures/builds/followed.js';
import { eventually } from '../support/eventually.js';
import { fakeClock } from '../support/fake-clock.js';
import { inMemoryCluster } from '../support/in-memory-cluster.js';
import { operatorInMemory } from './operator-in-memory.js';

const going = {
  metadata: {
    name: 'shop',
    uid: 'shop',
    resourceVersion: '2',
    deletionTimestamp: '2026-01-02T03:04:05Z',
    finalizers: [...predecessorFinalizers],
  },
};

test('a namespace that goes while not all integrations can be read is looked at again, without anything happening', async () => {
  const cluster = inMemoryCluster(resourceTypes.namespace);
  cluster.put(resourceTypes.namespace, going);
  const patched: string[] = [];
  const client: KubeClient = {
    ...cluster.client,
    call: async (call) => {
      if (!call.path.startsWith('/api/v1/namespaces/')) return cluster.client.call(call);
      if (call.verb === 'patch') patched.push(call.path);
      return { status: 200, body: going };
    },
  };
  const operator = operatorInMemory(client);
  const clock = fakeClock();
  let areAllReadable = false;
  const integrations = {
    readable: () => [integration()],
    areAllReadable: () => areAllReadable,
    report: () => undefined,
    onChange: () => undefined,
  };
  const { queue, start } = createNamespaces(operator, integrations, { clock });
  operator.watches.namespaces.start();
  await operator.watches.namespaces.filled();
  start();
  await eventually(() => expect(queue.counts()).toMatchObject({ event: 0, active: 0 }));
  await clock.pass(60_000);
  expect(patched).toEqual([]);
  areAllReadable = true;
  await clock.pass(60_000);
  await eventually(() => expect(patched).toEqual([expect.stringContaining('/namespaces/shop?')]), 5_000);
  // All is done: nobody looks at it any more.
  expect(queue.counts()).toMatchObject({ event: 0, resync: 0, delayed: 0, active: 0 });
  await queue.drain(0);
  await operator.watches.stop();
});
