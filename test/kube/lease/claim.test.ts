import { expect, test } from '@jest/globals';
import { mayTake, sight } from '../../../src/kube/lease/claim.js';
import { heldBy, leaseRecord, released } from '../../../src/kube/lease/lease-record.js';

const at = new Date('2026-01-02T03:04:05.678Z');
const record = leaseRecord({ spec: heldBy('a', 15, at) });

test('a lease that is held by another may be taken when it has not changed for as long as it holds', () => {
  const seen = sight(undefined, record, 1_000);
  expect([mayTake(seen, 'b', 15_999), mayTake(seen, 'b', 16_000)]).toEqual([false, true]);
  expect(mayTake(seen, 'a', 1_000)).toBe(true);
});

test('a renewal that was seen begins the time anew, whatever is written in it', () => {
  const first = sight(undefined, record, 0);
  expect(sight(first, { ...record }, 14_000)).toBe(first);
  const renewed = leaseRecord({ spec: heldBy('a', 15, new Date('1999-01-01'), record) });
  expect(mayTake(sight(first, renewed, 14_000), 'b', 16_000)).toBe(false);
});

test('a lease that was released may be taken at once', () => {
  const free = leaseRecord({ spec: released(record, at) });
  expect(mayTake(sight(undefined, free, 0), 'b', 0)).toBe(true);
});

test('the lease record says since when it is held, and how often the leader changed', () => {
  expect(record).toEqual({
    holder: 'a',
    seconds: 15,
    acquired: '2026-01-02T03:04:05.678000Z',
    renewed: '2026-01-02T03:04:05.678000Z',
    transitions: 0,
  });
  const later = new Date('2026-01-02T03:05:00Z');
  expect(heldBy('a', 15, later, record)).toMatchObject({ acquireTime: record.acquired, leaseTransitions: 0 });
  expect(heldBy('b', 15, later, record)).toMatchObject({
    acquireTime: '2026-01-02T03:05:00.000000Z',
    leaseTransitions: 1,
  });
});
