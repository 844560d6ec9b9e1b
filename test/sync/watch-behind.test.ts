import { expect, test } from '@jest/globals';
import { createRepairs, resourceTypes } from '../../src/kube/index.js';
import { groupKindOf, type KubeObject, objectKey, syncObjects } from '../../src/sync/index.js';
import { objectServer, put } from '../fixtures/pipeline/object-server.js';

const { configMap } = resourceTypes;
const settings: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'shop', name: 'settings', annotations: { text: '1' } },
};

test('an object that the watch does not show yet is written once, and nobody is said to undo it', async () => {
  const server = objectServer([configMap]);
  const { client } = server;
  const times = { now: 0 };
  const clock = { now: () => times.now, after: () => () => undefined };
  const repairs = createRepairs({ client, managers: ['quayside'], clock });
  const sync = () =>
    syncObjects({
      client,
      repairs,
      kinds: new Map([[groupKindOf(configMap), { type: configMap }]]),
      objects: [{ object: settings }],
      last: new Map([[objectKey(settings), settings]]),
      lives: [],
      policy: {},
      signal: new AbortController().signal,
    });
  for (let minute = 0; minute < 6; minute += 1) {
    expect((await sync()).faults).toEqual([]);
    times.now += 60_000;
  }
  expect(server.writes).toHaveLength(1);
  expect(repairs.contentions(objectKey(settings))).toEqual([]);

  // Somebody who does undo it is known by the third time.
  for (let minute = 0; minute < 3; minute += 1) {
    const undone = { namespace: 'shop', name: 'settings', annotations: { text: '2' }, managedFields: [] };
    times.now += 30_000;
    put(server, configMap, { metadata: undone });
    await sync();
  }
  expect(repairs.contentions(objectKey(settings))).toHaveLength(1);
});
