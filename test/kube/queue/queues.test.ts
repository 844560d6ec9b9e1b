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
