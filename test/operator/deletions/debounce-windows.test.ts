import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createGatherings } from '../../../src/operator/deletions/debounce-windows.js';

beforeEach(() => void jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void jest.useRealTimers());

test('a gathering stays open for a while after every new one, and is empty once it was closed', () => {
  const gatherings = createGatherings({ quiet: 15_000, isBacklogged: () => false });
  gatherings.include('x', 'a', 'objects');
  jest.advanceTimersByTime(10_000);
  gatherings.include('x', 'b', 'repositories');
  gatherings.include('x', 'a', 'objects');
  expect(gatherings.left('x')).toBe(15_000);
  expect(gatherings.left('y')).toBe(0);
  jest.advanceTimersByTime(10_000);
  // One that is known already keeps nothing open.
  gatherings.include('x', 'b', 'repositories');
  expect(gatherings.left('x')).toBe(5_000);
  expect(gatherings.areClosed()).toBe(false);
  jest.advanceTimersByTime(5_000);
  expect(gatherings.areClosed()).toBe(true);
  expect(gatherings.close('x')).toEqual({ objects: new Set(['a']), repositories: new Set(['b']) });
  expect(gatherings.close('x')).toEqual({ objects: new Set(), repositories: new Set() });
});

test('as long as others wait to be looked at it stays open, but not for ever', () => {
  let isBacklogged = true;
  const gatherings = createGatherings({ quiet: 15_000, isBacklogged: () => isBacklogged });
  // Where nothing is gathered, nothing waits.
  expect(gatherings.left('x')).toBe(0);
  gatherings.include('x', 'a', 'repositories');
  jest.advanceTimersByTime(60_000);
  expect(gatherings.left('x')).toBeGreaterThan(0);
  isBacklogged = false;
  expect(gatherings.left('x')).toBe(0);
  isBacklogged = true;
  jest.advanceTimersByTime(600_000);
  expect(gatherings.left('x')).toBe(0);
});
