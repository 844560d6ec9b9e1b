import { expect, test } from '@jest/globals';
import { createFaultList, type Fault } from './fault.js';
import { describeRequest, matches, type RequestMatch } from './match.js';

const watch = describeRequest('GET', '/api/v1/pods?watch=true&resourceVersion=5', 'tool/1.0');
const unavailable: Fault = { kind: 'answer', status: 503 };

test('a request is described by its path, and whether it watches', () => {
  expect(watch).toMatchObject({ method: 'GET', path: '/api/v1/pods', watch: true, userAgent: 'tool/1.0' });
  expect(watch.query.get('resourceVersion')).toBe('5');
  expect(describeRequest('GET', '/api/v1/pods?watch=0', '').watch).toBe(false);
});

test.each<[RequestMatch, boolean]>([
  [{}, true],
  [{ method: 'GET', path: '/api/v1/pods', watch: true, userAgent: 'tool' }, true],
  [{ path: /pods$/ }, true],
  [{ path: '/api/v1' }, false],
  [{ watch: false }, false],
  [{ method: 'POST' }, false],
  [{ userAgent: 'other' }, false],
])('the fault %j matches a request: %s', (match, expected) => {
  expect(matches(match, watch)).toBe(expected);
});

test('a fault lets some pass, strikes as often as it may, and counts', () => {
  const faults = createFaultList();
  const fault = faults.arm({ watch: true }, unavailable, { skip: 1, times: 2 });
  expect([1, 2, 3, 4].map(() => faults.strike(watch) !== undefined)).toEqual([false, true, true, false]);
  expect(fault.hits).toBe(2);
});

test('the first armed wins, until it is lifted', () => {
  const faults = createFaultList();
  const first = faults.arm({}, unavailable);
  faults.arm({}, { kind: 'delay', milliseconds: 1 });
  expect(faults.strike(watch)).toBe(unavailable);
  first.lift();
  expect(faults.strike(watch)?.kind).toBe('delay');
  faults.clear();
  expect(faults.strike(watch)).toBeUndefined();
});
