import { expect, test } from '@jest/globals';
import { type EventInput } from '../../../src/kube/events/event-book.js';
import { type Fields } from '../../../src/json/index.js';
import { contentionWords, createRepairs, type Repair } from '../../../src/kube/repairs/repairs.js';
import { resourceTypes } from '../../../src/kube/resource-type.js';
import { fakeClock } from '../../support/fake-clock.js';
import { scriptedClient } from '../../support/scripted-client.js';

const type = resourceTypes.serviceAccount;
const repair: Repair = {
  owner: 'openshift.shop',
  kind: type.kind,
  what: 'the entry builder-quay of ServiceAccount shop/builder',
  content: 'builder-quay',
  wasInPlace: true,
  target: { type, named: { namespace: 'shop', name: 'builder' } },
  regarding: { apiVersion: 'quayside.dev/v1alpha1', kind: 'QuayOrganization', name: 'openshift.shop' },
};
const managedFields = [{ manager: 'kyverno', operation: 'Update', time: '2026-01-01T00:00:00Z' }];

function fixture(metadata: Fields = { managedFields }) {
  const clock = fakeClock();
  const client = scriptedClient(() => ({ status: 200, body: { metadata } }));
  const events: EventInput[] = [];
  const repaired: (readonly [number, boolean])[] = [];
  const bodies: unknown[] = [];
  const repairs = createRepairs({
    client: {
      call: (call) => {
        if (call.body !== undefined) bodies.push(call.body);
        return client.call(call);
      },
    },
    managers: ['quayside'],
    clock,
    recordEvent: (recordEvent) => void events.push(recordEvent),
    onRepair: (_, { repairs: times }, isTold) => void repaired.push([times, isTold]),
  });
  const attempt = (change: Partial<Repair> = {}, outcome = 'Changed') =>
    repairs.attempt({ ...repair, ...change }, () => Promise.resolve(outcome));
  /** As often as they may be made. */
  const fight = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      clock.freeze(repairs.hold(repair));
      expect(await attempt()).toBe('Changed');
    }
  };
  return { attempt, bodies, clock, client, fight, events, repaired, repairs };
}

test('R2: the third repair is told, with who wrote last; the object is read for that from the second on', async () => {
  const { client, fight, events, repaired, repairs } = fixture();
  await fight(1);
  expect(client.calls).toEqual([]);
  await fight(1);
  expect([events, repairs.contentions(repair.owner)]).toEqual([[], []]);
  await fight(1);
  expect(client.calls.map(({ verb }) => verb)).toEqual(['get', 'get']);
  expect(events).toEqual([
    expect.objectContaining({ type: 'Warning', reason: 'Contended', regarding: repair.regarding }),
  ]);
  expect(events[0]?.note).toContain('"kyverno"');
  expect(contentionWords(repairs.contentions(repair.owner))).toBe(
    'the entry builder-quay of ServiceAccount shop/builder was undone 3 times: the field manager "kyverno" wrote to it last. It is put right again 4 s after the last time',
  );
  await fight(2);
  // The Event is the same each time, so that it is counted and not written anew.
  expect(new Set(events.map(({ note }) => note)).size).toBe(1);
  expect(repaired).toEqual([1, 2, 3, 4, 5].map((times) => [times, times >= 3]));
});

test('R2: one that has to wait is not written', async () => {
  const { attempt, fight, repairs } = fixture();
  await fight(3);
  expect(await attempt()).toBe('Held');
  expect(repairs.due(repair.owner)).toBe(4_000);
  expect(await attempt({ content: 'another-quay' })).toBe('Changed');
});

test('R2: what was no write, or failed, is no repair', async () => {
  const { attempt, repaired, repairs } = fixture();
  for (const outcome of ['Unchanged', 'Gone', 'Contended']) await attempt({}, outcome);
  await expect(repairs.attempt(repair, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect([repaired, repairs.hold(repair)]).toEqual([[], 0]);
});

test('R2: what is made for the first time is not remembered', async () => {
  const { attempt, repairs } = fixture();
  for (let times = 0; times < 5; times += 1) expect(await attempt({ wasInPlace: false })).toBe('Changed');
  expect(repairs.knows(repair)).toBe(false);
  // Where nobody knows whether it was in place, the second time is the first repair.
  for (let times = 0; times < 2; times += 1) await attempt({ wasInPlace: undefined });
  expect(repairs.knows(repair)).toBe(true);
});

test('R2: an object for which the API server notes no writers is one for which it does from then on', async () => {
  const { bodies, client, fight } = fixture({ uid: 'u1' });
  await fight(2);
  const tracking = client.calls.filter(({ verb }) => verb === 'patch');
  // Before the write, and behind it for one that had no field until then.
  expect(tracking).toHaveLength(2);
  const { apiVersion, kind } = type;
  for (const body of bodies.slice(-2)) {
    expect(body).toEqual({ apiVersion, kind, metadata: { namespace: 'shop', name: 'builder', uid: 'u1' } });
  }
});
