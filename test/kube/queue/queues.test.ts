import { expect, test } from '@jest/globals';
import { createQueues } from '../../../src/kube/queue/queues.js';
import { fakeClock } from '../../support/fake-clock.js';

test('S9: whoever has slow work, or much of it, holds up nobody else', async () => {
  const clock = fakeClock();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const queues = createQueues((key) => key.charAt(0), {
    concurrency: 2,
    clock,
    work: (key) => {
      begun.push(key);
      return new Promise((resolve) => ends.set(key, resolve));
    },
  });
  for (const key of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2']) queues.add(key);
  expect(begun).toEqual(['a1', 'a2', 'b1', 'b2']);
  expect([queues.counts().active, queues.countsOf('a'), queues.countsOf('c').active]).toMatchObject([
    4,
    { active: 2, event: 2 },
    0,
  ]);
  expect(queues.isIdle()).toBe(false);
  const drained = queues.drain(1_000);
  queues.add('c1');
  for (const key of ['a1', 'a2', 'b1', 'b2']) ends.get(key)?.();
  await clock.pass(0);
  for (const key of ['a3', 'a4']) ends.get(key)?.();
  expect(await drained).toBe(0);
  expect(begun.slice(4)).toEqual(['a3', 'a4']);
  expect(queues.isIdle()).toBe(true);
});

test('S9: whoever makes one share after another leaves nothing behind', async () => {
  const clock = fakeClock();
  let timers = 0;
  const after = (...given: Parameters<typeof clock.after>): ReturnType<typeof clock.after> => {
    timers += 1;
    return clock.after(...given);
  };
  const work = (key: string): Promise<void> =>
    key === 'failing' ? Promise.reject(new Error('no')) : Promise.resolve();
  const queues = createQueues((key) => key, { concurrency: 2, clock: { ...clock, after }, work });
  queues.add('failing');
  await clock.pass(0);
  for (let at = 0; at < 100; at += 1) {
    queues.add(`share-${at}`);
    await clock.pass(0);
  }
  // What failed is still to be tried again.
  expect(queues.counts().delayed).toBe(1);
  timers = 0;
  // Each queue that there is sets one.
  await queues.drain(1_000);
  expect(timers).toBeLessThanOrEqual(2);
});
