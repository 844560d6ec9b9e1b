import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { untilAborted } from '../../src/clock/index.js';

const never = new Promise<string>(() => undefined);

test('work that ends gives its result, or its error, and leaves no listener behind', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve('done'), signal)).toBe('done');
  await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('work that does not end is waited for no longer than until the signal is aborted', async () => {
  const ending = new AbortController();
  const waiting = untilAborted(never, ending.signal);
  ending.abort();
  expect(await waiting).toBeUndefined();
  expect(await untilAborted(never, ending.signal)).toBeUndefined();
});
