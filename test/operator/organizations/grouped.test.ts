import { expect, test } from '@jest/globals';
import { createGrouped } from '../../../src/kube/watch/index-by.js';

test('objects are found by their group', () => {
  const index = createGrouped();
  index.note('one', 'a');
  index.note('two', 'a');
  index.note('three', 'b');
  index.note('of-nobody', undefined);
  expect(index.of('a')).toEqual(['one', 'two']);
  expect(index.of('b')).toEqual(['three']);
  expect(index.of('c')).toEqual([]);
});

test('an object that moves or goes is not found in its old group, and the old group is returned', () => {
  const index = createGrouped();
  expect(index.note('one', 'a')).toBeUndefined();
  expect(index.note('one', 'a')).toBe('a');
  index.note('two', 'a');
  expect(index.note('one', 'b')).toBe('a');
  expect(index.note('two', undefined)).toBe('a');
  expect(index.of('a')).toEqual([]);
  expect(index.of('b')).toEqual(['one']);
});
