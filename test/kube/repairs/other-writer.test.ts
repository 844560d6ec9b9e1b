import { expect, test } from '@jest/globals';
import { otherWriter } from '../../../src/kube/repairs/other-writer.js';

const ours = { manager: 'quayside', operation: 'Apply', time: '2026-01-01T00:00:10Z' };
const theirs = { manager: 'kyverno', operation: 'Update', time: '2026-01-01T00:00:11Z' };
const live = (...managedFields: readonly object[]): object => ({ metadata: { name: 'builder', managedFields } });
const told = (...managedFields: readonly object[]): string =>
  otherWriter(live(...managedFields) as never, ['quayside']);

test('R2: the other is who wrote last beside us', () => {
  expect(told(ours, { ...theirs, manager: 'earlier', time: '2026-01-01T00:00:10Z' }, theirs)).toContain('"kyverno"');
  expect(told(theirs)).toContain('"kyverno"');
});

test.each([
  ['one that wrote before us', [ours, { ...theirs, time: '2025-01-01T00:00:00Z' }]],
  ['one that wrote its status', [ours, { ...theirs, subresource: 'status' }]],
  ['we alone', [ours]],
  ['nobody at all', []],
])('R2: %s is not who undid it', (_, entries) => {
  expect(told(...entries)).toBe('it names no other field manager that wrote after us');
});

test('R2: an object that is gone names nobody, and it is said where that stands', () => {
  expect(otherWriter(undefined, ['quayside'])).toContain('audit log');
});

test('R2: a name is shown as a name, whatever is in it', () => {
  expect(told({ ...theirs, manager: 'a"b\u001b[31m\nc' })).toBe('the field manager "a?b?[31m?c" wrote to it last');
});
