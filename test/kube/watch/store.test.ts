import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createStore, type Kept, type Store } from '../../../src/kube/watch/store.js';

const one = (key: string, resourceVersion: string, value: string): Kept<string> => ({ key, resourceVersion, value });
const filled = (same: (a: string, b: string) => boolean = () => false): Store<string> => {
  const store = createStore(same);
  store.replace([one('a/x', '1', 'ax'), one('a/y', '2', 'ay'), one('b/x', '3', 'bx'), one('c', '4', 'c')]);
  return store;
};

test('objects are found by key and by namespace', () => {
  const store = filled();
  expect(store.get('a/y')).toBe('ay');
  expect(store.get('a/z')).toBeUndefined();
  expect(store.values('a')).toEqual(['ax', 'ay']);
  expect(store.values()).toEqual(['ax', 'ay', 'bx', 'c']);
  expect(store.values('none')).toEqual([]);
  expect(store.size()).toBe(4);
});

test('a list reports what was added, changed and removed, and nothing else', () => {
  const changed = filled().replace([one('a/x', '1', 'ax'), one('b/x', '9', 'new'), one('d', '5', 'd')]);
  expect(changed).toEqual(['b/x', 'd', 'a/y', 'c']);
});

test('what is the same to the caller is no change, and is known to be newer', () => {
  const store = filled((a, b) => a === b);
  expect(store.put(one('c', '7', 'c'))).toEqual([]);
  expect(store.put(one('c', '8', 'other'))).toEqual(['c']);
  expect(store.get('c')).toBe('other');
});

test('an event that was seen before is no change', () => {
  expect(filled().put(one('c', '4', 'c'))).toEqual([]);
});

test('removing a missing object notifies nobody', () => {
  const store = filled();
  expect(store.remove('a/z')).toEqual([]);
  expect(store.remove('a/x')).toEqual(['a/x']);
  expect(store.remove('a/x')).toEqual([]);
});

test('what could not be read is there without a value', () => {
  const store = filled();
  expect(store.put({ key: 'c', resourceVersion: '9' })).toEqual(['c']);
  expect(store.unreadable()).toEqual(['c']);
  expect(store.keys()).toContain('c');
  expect(store.values()).not.toContain('c');
  store.put(one('c', '10', 'better'));
  expect(store.unreadable()).toEqual([]);
});

test('events lead to the same state as the list after them', () => {
  const key = fc.constantFrom('a/x', 'a/y', 'b/x', 'c');
  const event = fc.record({ key, gone: fc.boolean() });
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const store = createStore<string>(() => false);
      const truth = new Map<string, Kept<string>>();
      events.forEach(({ key: at, gone }, index) => {
        const kept = one(at, String(index), `${at}${index}`);
        if (gone) {
          expect(store.remove(at)).toEqual(truth.delete(at) ? [at] : []);
        } else {
          truth.set(at, kept);
          expect(store.put(kept)).toEqual([at]);
        }
      });
      expect(store.replace([...truth.values()])).toEqual([]);
      expect(store.size()).toBe(truth.size);
    }),
  );
});
