import { expect, test } from '@jest/globals';
import { createByNamespace } from '../../../src/operator/organizations/by-namespace.js';

test('objects are found by their namespace', () => {
  const index = createByNamespace();
  index.note('one', 'a');
  index.note('two', 'a');
  index.note('three', 'b');
  index.note('of-nobody', undefined);
  expect(index.of('a')).toEqual(['one', 'two']);
  expect(index.of('b')).toEqual(['three']);
  expect(index.of('c')).toEqual([]);
});

test('an object that moves or goes is not found where it was', () => {
  const index = createByNamespace();
  index.note('one', 'a');
  index.note('two', 'a');
  index.note('one', 'b');
  index.note('two', undefined);
  expect(index.of('a')).toEqual([]);
  expect(index.of('b')).toEqual(['one']);
});
