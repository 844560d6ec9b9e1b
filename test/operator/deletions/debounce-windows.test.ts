import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createDebounceWindows } from '../../../src/operator/deletions/debounce-windows.js';

beforeEach(() => void jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void jest.useRealTimers());

test('a debounce window stays open for a while after every new deletion, and is empty once it was closed', () => {
  const windows = createDebounceWindows({ quiet: 15_000, isBacklogged: () => false });
  windows.include('x', 'a', 'objects');
  jest.advanceTimersByTime(10_000);
  windows.include('x', 'b', 'repositories');
  windows.include('x', 'a', 'objects');
  expect(windows.left('x')).toBe(15_000);
  expect(windows.left('y')).toBe(0);
  jest.advanceTimersByTime(10_000);
  // One that is known already keeps nothing open.
  windows.include('x', 'b', 'repositories');
  expect(windows.left('x')).toBe(5_000);
  expect(windows.areClosed()).toBe(false);
  jest.advanceTimersByTime(5_000);
  expect(windows.areClosed()).toBe(true);
  expect(windows.close('x')).toEqual({ objects: new Set(['a']), repositories: new Set(['b']) });
  expect(windows.close('x')).toEqual({ objects: new Set(), repositories: new Set() });
});

test('a debounce window stays open as long as objects wait to be reconciled, but not for ever', () => {
  let isBacklogged = true;
  const windows = createDebounceWindows({ quiet: 15_000, isBacklogged: () => isBacklogged });
  // Where nothing is gathered, nothing waits.
  expect(windows.left('x')).toBe(0);
  windows.include('x', 'a', 'repositories');
  jest.advanceTimersByTime(60_000);
  expect(windows.left('x')).toBeGreaterThan(0);
  isBacklogged = false;
  expect(windows.left('x')).toBe(0);
  isBacklogged = true;
  jest.advanceTimersByTime(600_000);
  expect(windows.left('x')).toBe(0);
});
