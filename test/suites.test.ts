import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { leftOut, long } from './suites.js';

const leaves = (chosen: string | undefined, path: string, ...named: readonly string[]): boolean =>
  leftOut(chosen, named).some((pattern) => new RegExp(pattern).test(`/checkout/${path}`));

test('every suite that takes longest is there', () => {
  const root = `${import.meta.dirname}/..`;
  expect(long.filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
});

test('a suite is among the short or among the long ones, and never left out without a choice or where a path is given', () => {
  for (const path of [...long, 'test/plan/plan.test.ts']) {
    expect(leaves('short', path)).not.toBe(leaves('long', path));
    expect(leaves(undefined, path)).toBe(false);
    for (const named of [['--verbose', 'test/hostile'], ['operator/git'], ['--testPathPatterns=deleting']])
      expect(leaves('short', path, ...named)).toBe(false);
  }
  expect(leaves('short', long[0] ?? '')).toBe(true);
  expect(leaves('short', long[0] ?? '', '-t', 'a name', '--json')).toBe(true);
});

test('a choice of suites that does not exist is refused', () => {
  expect(() => leftOut('shrot', [])).toThrow('QUAYSIDE_SUITES is shrot, and may be short or long');
});
