import { expect, test } from '@jest/globals';
import { RetryableError } from '../../../src/errors/index.js';
import { createQueue, type QueueOptions, type WorkFault } from '../../../src/kube/queue/queue.js';
import { fakeClock, type FakeClock } from '../../support/fake-clock.js';

interface Workshop {
  readonly clock: FakeClock;
  readonly queue: ReturnType<typeof createQueue>;
  /** Keys in the order in which their work began, with the time. */
  readonly begun: [key: string, at: number][];
  readonly faults: WorkFault[];
  /** Ends the work on a key. */
  readonly finish: (key: string, error?: Error) => void;
}

/** Work on a key goes on until it is finished; `instant` work is finished at once. */
function workshop(options: Partial<QueueOptions> & { readonly instant?: QueueOptions['work'] } = {}): Workshop {
  const clock = fakeClock();
  const begun: Workshop['begun'] = [];
  const faults: WorkFault[] = [];
  const open = new Map<string, (error?: Error) => void>();
  const queue = createQueue({
    concurrency: 2,
    clock,
    random: () => 1,
    onFault: (fault) => faults.push(fault),
    work: (key, turn) => {
      begun.push([key, clock.now()]);
      if (options.instant !== undefined) return options.instant(key, turn);
      return new Promise((resolve, reject) => {
        open.set(key, (error) => (error === undefined ? resolve() : reject(error)));
        turn.signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
    },
    ...options,
  });
  return { clock, queue, begun, faults, finish: (key, error) => open.get(key)?.(error) };
}

const keys = ({ begun }: Workshop): string[] => begun.map(([key]) => key);

test('the queue runs so many keys at a time, and no more', async () => {
  const shop = workshop();
  for (const key of ['a', 'b', 'c', 'd']) shop.queue.add(key);
  expect(keys(shop)).toEqual(['a', 'b']);
  shop.finish('a');
  await shop.clock.pass(0);
  expect(keys(shop)).toEqual(['a', 'b', 'c']);
  expect(shop.queue.counts()).toEqual({ event: 1, refresh: 0, resync: 0, delayed: 0, active: 2, background: 0 });
});

test('Q38: failures are tried again later and later, up to a bound', async () => {
  const shop = workshop({
    backoff: { first: 1000, most: 4000 },
    instant: async () => Promise.reject(new Error('no')),
  });
  shop.queue.add('a');
  await shop.clock.pass(15_500);
  expect(shop.begun.map(([, at]) => at)).toEqual([0, 1000, 3000, 7000, 11_000, 15_000]);
  expect(shop.faults.map(({ failures }) => failures)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a wait that was asked for is kept, whatever happens meanwhile', async () => {
  const shop = workshop({
    instant: async () => Promise.reject(new RetryableError('RateLimited', 'slow down', { retryAfter: 30 })),
  });
  shop.queue.add('a');
  await shop.clock.pass(10_000);
  shop.queue.add('a');
  await shop.clock.pass(19_000);
  expect(shop.begun).toHaveLength(1);
  await shop.clock.pass(1_000);
  expect(shop.begun).toEqual([
    ['a', 0],
    ['a', 30_000],
  ]);
});

test('work that throws before it waits is a failure like any other', async () => {
  const shop = workshop({
    instant: () => {
      throw new TypeError('a bug');
    },
  });
  shop.queue.add('a');
  await shop.clock.pass(0);
  expect(shop.faults).toMatchObject([{ key: 'a', failures: 1, error: new TypeError('a bug') }]);
});

test('work can set when its key is due again', async () => {
  const shop = workshop({ instant: async () => ({ again: { milliseconds: 5_000 } }) });
  shop.queue.add('a');
  await shop.clock.pass(12_000);
  expect(shop.begun.map(([, at]) => at)).toEqual([0, 5_000, 10_000]);
});

test('events overtake a running resync', async () => {
  const shop = workshop({ concurrency: 1 });
  for (const key of ['s1', 's2', 's3']) shop.queue.add(key, 'resync');
  shop.queue.add('e');
  for (const key of ['s1', 'e', 's2', 's3']) {
    shop.finish(key);
    await shop.clock.pass(0);
  }
  expect(keys(shop)).toEqual(['s1', 'e', 's2', 's3']);
});

test('a queue that shuts down finishes what is due and takes nothing in', async () => {
  const shop = workshop({ concurrency: 1 });
  shop.queue.add('a');
  shop.queue.add('b');
  const drained = shop.queue.drain(10_000);
  shop.queue.add('c');
  shop.finish('a', new Error('no'));
  await shop.clock.pass(0);
  shop.finish('b');
  expect(await drained).toBe(0);
  await shop.clock.pass(60_000);
  expect(keys(shop)).toEqual(['a', 'b']);
});

test('a queue that shuts down and is to begin nothing finishes what is being worked on', async () => {
  const shop = workshop({ concurrency: 1 });
  for (const key of ['a', 'b']) shop.queue.add(key);
  const drained = shop.queue.drain(10_000, 'Active');
  shop.finish('a');
  expect(await drained).toBe(1);
  await shop.clock.pass(60_000);
  expect(keys(shop)).toEqual(['a']);
});

test('a queue that shuts down in too little time aborts its work and returns what is left', async () => {
  const shop = workshop({ concurrency: 1 });
  for (const key of ['a', 'b', 'c']) shop.queue.add(key);
  const drained = shop.queue.drain(10_000);
  await shop.clock.pass(10_000);
  expect(await drained).toBe(2);
  expect(keys(shop)).toEqual(['a']);
});
