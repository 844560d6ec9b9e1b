import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { type EventInput } from '../../../src/kube/events/event-book.js';
import { createEventRecorder } from '../../../src/kube/events/recorder.js';
import { type Fields } from '../../../src/json/index.js';
import { listPath, resourceTypes } from '../../../src/kube/resource-type.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../support/eventually.js';
import { createNamespace } from '../../control-plane/namespace.js';
import { sharedControlPlane } from '../../control-plane/shared.js';
import { clientAt } from '../../support/client-at.js';
import { fakeClock } from '../../support/fake-clock.js';

let controlPlane: SharedControlPlane;
let client: KubeClient;
let namespace: string;
beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  client = clientAt(controlPlane.kubeconfig);
});
afterAll(() => client.close());
beforeEach(async () => {
  namespace = await createNamespace(controlPlane, 'events');
});

const recordEvent = (note: string): EventInput => ({
  regarding: { apiVersion: 'v1', kind: 'Secret', namespace, name: 'pull' },
  type: 'Warning',
  reason: 'Conflict',
  action: 'Link',
  note,
});
const events = async (): Promise<readonly Fields[]> => {
  const path = listPath(resourceTypes.event, namespace);
  return (await client.call({ verb: 'list', resource: 'events', path })).body.items as readonly Fields[];
};
const who = { controller: 'quayside.dev/operator', instance: 'pod-1' };

test('an event is written once, and counted from then on', async () => {
  const clock = fakeClock();
  const lost: Error[] = [];
  const recorder = createEventRecorder(client, { ...who, clock, onLost: (_, why) => lost.push(why) });
  for (let at = 0; at < 5; at += 1) recorder.record(recordEvent('a secret of that name is not ours'));
  await eventually(async () => expect(await events()).toHaveLength(1));
  await clock.pass(61_000);
  await eventually(async () => expect(await events()).toMatchObject([{ series: { count: 5 } }]));
  expect(await events()).toMatchObject([{ reason: 'Conflict', type: 'Warning', reportingInstance: 'pod-1' }]);
  expect(await controlPlane.kubectl(['get', 'events', '-n', namespace])).toContain('a secret of that name is not ours');
  await recorder.stop();
  expect(lost).toEqual([]);
});

test('an Event is written for a cluster-scoped object, and with a text that is too long', async () => {
  const recorder = createEventRecorder(client, { ...who, onLost: (_, why) => expect(why).toBeUndefined() });
  const regarding = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  recorder.record({ ...recordEvent('ä'.repeat(2_000)), regarding });
  await recorder.stop();
  expect(await controlPlane.kubectl(['get', 'events', '-n', 'default'])).toContain(namespace);
});

test('an Event that cannot be written is reported, and nothing is thrown', async () => {
  const lost: string[] = [];
  const recorder = createEventRecorder(client, { ...who, onLost: (_, why) => lost.push(why.message) });
  recorder.record({ ...recordEvent('x'), regarding: { ...recordEvent('x').regarding, namespace: 'nowhere' } });
  await recorder.stop();
  expect(lost).toEqual([expect.stringContaining('not found')]);
  await client.close();
  const late = createEventRecorder(client, { ...who, onLost: (_, why) => lost.push(why.message) });
  late.record(recordEvent('y'));
  await late.stop();
  expect(lost).toHaveLength(2);
});
