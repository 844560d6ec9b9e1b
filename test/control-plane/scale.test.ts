import { expect, test } from '@jest/globals';
import { namespaceCount } from './scale.js';

test('a test makes its usual number of namespaces', () => {
  expect(namespaceCount(30, {})).toBe(30);
  expect(namespaceCount(30, { QUAYSIDE_TEST_NAMESPACES: '' })).toBe(30);
});

test('the environment sets more namespaces', () => {
  expect(namespaceCount(30, { QUAYSIDE_TEST_NAMESPACES: '1000' })).toBe(1000);
});

test.each(['0', '-1', '1e3', 'many'])('the size %s is refused', (asked) => {
  expect(() => namespaceCount(30, { QUAYSIDE_TEST_NAMESPACES: asked })).toThrow('write a number from 1 to 99999');
});
