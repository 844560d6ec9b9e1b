import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSchedule, type Ending, type Priority, type Schedule } from '../../../src/kube/queue/schedule.js';

const takeAll = (schedule: Schedule, now: number): string[] => {
  const taken: string[] = [];
  for (let next = schedule.take(now); next !== undefined; next = schedule.take(now)) taken.push(next.key);
  return taken;
};
const failed: Ending = { kind: 'Failed', milliseconds: 100, atLeast: 10 };

test('a key is there once, in the order of its first coming', () => {
  const schedule = createSchedule();
  for (const key of ['a', 'b', 'a', 'c', 'b']) schedule.add(key, 'event', 0);
  expect(takeAll(schedule, 0)).toEqual(['a', 'b', 'c']);
});

test('events go before the resync, also for a key that the resync has added', () => {
  const schedule = createSchedule();
  for (const key of ['a', 'b', 'c']) schedule.add(key, 'resync', 0);
  schedule.add('x', 'event', 0);
  schedule.add('c', 'event', 0);
  schedule.add('x', 'resync', 0);
  expect(schedule.counts()).toEqual({ event: 2, refresh: 0, resync: 2, delayed: 0, active: 0, background: 0 });
  expect(takeAll(schedule, 0)).toEqual(['x', 'c', 'a', 'b']);
  expect(schedule.counts()).toMatchObject({ active: 4, background: 2 });
});

describe('a key that is being worked on', () => {
  test('is not taken a second time, and again afterwards when something came meanwhile', () => {
    const schedule = createSchedule();
    schedule.add('a', 'event', 0);
    expect(schedule.take(0)).toEqual({ key: 'a', priority: 'event' });
    schedule.add('a', 'event', 1);
    schedule.add('a', 'resync', 1);
    expect(schedule.take(1)).toBeUndefined();
    schedule.end('a', { kind: 'Done' }, 2);
    expect(schedule.take(2)).toEqual({ key: 'a', priority: 'event' });
    schedule.end('a', { kind: 'Done' }, 3);
    expect(schedule.take(3)).toBeUndefined();
  });
});

describe('a key that failed', () => {
  const afterFailure = (priority: Priority = 'resync'): Schedule => {
    const schedule = createSchedule();
    schedule.add('a', priority, 0);
    schedule.take(0);
    schedule.end('a', failed, 0);
    return schedule;
  };

  test('waits, and keeps its place in line', () => {
    const schedule = afterFailure();
    expect([schedule.failures('a'), schedule.nextDue(), schedule.take(99)]).toEqual([1, 100, undefined]);
    expect(schedule.take(100)).toEqual({ key: 'a', priority: 'resync' });
    schedule.end('a', { kind: 'Done' }, 100);
    expect([schedule.failures('a'), schedule.nextDue()]).toEqual([0, undefined]);
  });

  test('is brought forward by an event, though not to before it may', () => {
    const schedule = afterFailure();
    schedule.add('a', 'event', 5);
    expect([schedule.take(9), schedule.take(10)?.key]).toEqual([undefined, 'a']);
    const later = afterFailure();
    later.add('a', 'event', 50);
    expect(later.take(50)).toEqual({ key: 'a', priority: 'event' });
  });

  test('is not brought forward by the resync', () => {
    const schedule = afterFailure();
    schedule.add('a', 'resync', 50);
    expect(schedule.take(99)).toBeUndefined();
  });

  test('and that something happened to meanwhile waits all the same', () => {
    const schedule = createSchedule();
    schedule.add('a', 'event', 0);
    schedule.take(0);
    schedule.add('a', 'event', 1);
    schedule.end('a', failed, 2);
    expect([schedule.take(11), schedule.take(12)?.key]).toEqual([undefined, 'a']);
  });
});

test('a key that is due again comes by itself, or sooner when it is asked for', () => {
  const schedule = createSchedule();
  for (const key of ['a', 'b']) {
    schedule.add(key, 'event', 0);
    schedule.take(0);
    schedule.end(key, { kind: 'Again', milliseconds: 100 }, 0);
  }
  schedule.add('b', 'resync', 20);
  expect(takeAll(schedule, 20)).toEqual(['b']);
  expect(takeAll(schedule, 100)).toEqual(['a']);
});

test('no key that was added is lost, and none runs twice at once', () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant('add' as const),
      key: fc.nat(4),
      priority: fc.constantFrom<Priority>('event', 'resync'),
    }),
    fc.record({ do: fc.constant('take' as const) }),
    fc.record({ do: fc.constant('end' as const), ending: fc.constantFrom<Ending>({ kind: 'Done' }, failed) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const schedule = createSchedule();
      const active: string[] = [];
      const owed = new Set<string>();
      steps.forEach((one, now) => {
        if (one.do === 'add') {
          schedule.add(String(one.key), one.priority, now);
          owed.add(String(one.key));
        } else if (one.do === 'take') {
          const taken = schedule.take(now);
          if (taken === undefined) return;
          expect(active).not.toContain(taken.key);
          active.push(taken.key);
          owed.delete(taken.key);
        } else {
          const key = active.shift();
          if (key === undefined) return;
          schedule.end(key, one.ending, now);
          if (one.ending.kind === 'Failed') owed.add(key);
        }
      });
      for (const key of active.splice(0)) schedule.end(key, { kind: 'Done' }, 1_000);
      expect(new Set(takeAll(schedule, 10_000))).toEqual(owed);
    }),
  );
});
