import { expect, test } from '@jest/globals';
import { keyOf, keyOfObject, namespacedNameOf } from '../../../src/kube/watch/object-key.js';
import { stripped } from '../../../src/kube/watch/strip.js';
import { readEvent } from '../../../src/kube/watch/watch-event.js';

const object = { metadata: { name: 'a', resourceVersion: '7' } };

test.each([
  ['ADDED', 'Put'],
  ['MODIFIED', 'Put'],
  ['DELETED', 'Remove'],
  ['BOOKMARK', 'Bookmark'],
])('the watch line %s is read as %s', (type, kind) => {
  expect(readEvent({ type, object })).toMatchObject({ kind, resourceVersion: '7' });
});

test.each([
  [{ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }, 410],
  [{ type: 'ERROR', object: {} }, 500],
  [{ type: 'RENAMED', object }, 500],
  [{ type: 'ADDED', object: { metadata: {} } }, 500],
  [{}, 500],
])('the watch line %j is an error', (line, status) => {
  expect(readEvent(line)).toMatchObject({ kind: 'Error', status });
});

test('an object is kept without what only takes room', () => {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}', mine: 'yes' };
  const metadata = { name: 'a', managedFields: [{}], annotations };
  expect(stripped({ metadata, spec: {} })).toEqual({ metadata: { name: 'a', annotations: { mine: 'yes' } }, spec: {} });
  expect(stripped({})).toEqual({ metadata: {} });
});

test('the keys of objects are those of kubectl', () => {
  expect([keyOf('a', 'b'), keyOf('', 'b'), keyOf(undefined, 'b')]).toEqual(['a/b', 'b', 'b']);
  expect([namespacedNameOf('a/b'), namespacedNameOf('b')]).toEqual([
    { namespace: 'a', name: 'b' },
    { namespace: '', name: 'b' },
  ]);
  expect(keyOfObject({ metadata: { name: 'b', namespace: 'a' } })).toBe('a/b');
});
