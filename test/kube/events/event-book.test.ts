import { expect, test } from '@jest/globals';
import { createEventBook, type Notice } from '../../../src/kube/events/event-book.js';

const notice = (note: string, name = 'a'): Notice => ({
  regarding: { apiVersion: 'v1', kind: 'Namespace', name },
  type: 'Normal',
  reason: 'Published',
  action: 'Publish',
  note,
});
const minute = 60_000;

test('what happens again is counted, and the count written once a minute', () => {
  const book = createEventBook();
  expect(book.note(notice('one'), 0).kind).toBe('Create');
  expect([1, 2, 3].map((second) => book.note(notice('one'), second * 1000).kind)).toEqual(['Later', 'Later', 'Later']);
  expect(book.due(minute - 1)).toEqual([]);
  expect(book.due(minute)).toMatchObject([{ kind: 'Count', count: 4 }]);
  expect(book.due(2 * minute)).toEqual([]);
  expect(book.note(notice('one'), 3 * minute)).toMatchObject({ kind: 'Count', count: 5 });
});

test('what has not happened for half an hour begins anew', () => {
  const book = createEventBook();
  book.note(notice('one'), 0);
  expect(book.note(notice('one'), 31 * minute).kind).toBe('Create');
});

test('many that differ only in words are told together', () => {
  const book = createEventBook();
  for (let at = 0; at < 10; at += 1) expect(book.note(notice(`number ${at}`), at).kind).toBe('Create');
  expect(book.note(notice('number 10'), 10)).toMatchObject({ notice: { note: '(and others like it) number 10' } });
  expect(book.note(notice('number 11'), 11).kind).toBe('Later');
  expect(book.note(notice('number 3'), 12).kind).toBe('Later');
});

test('one object cannot fill the cluster with events, and gets some again with time', () => {
  const book = createEventBook();
  const many = (now: number): number =>
    Array.from({ length: 60 }, (_, at) => book.note({ ...notice('x'), reason: `Reason${now}x${at}` }, now)).filter(
      ({ kind }) => kind === 'Create',
    ).length;
  expect(many(0)).toBe(25);
  expect(book.note(notice('other', 'b'), 0).kind).toBe('Create');
  expect(many(10 * minute)).toBe(2);
});

test('all together are bounded too', () => {
  const book = createEventBook();
  const kinds = Array.from({ length: 300 }, (_, at) => book.note(notice('x', `ns-${at}`), 0).kind);
  expect(kinds.filter((kind) => kind === 'Create')).toHaveLength(100);
});

test('what was not written is new the next time', () => {
  const book = createEventBook();
  const entry = book.note(notice('one'), 0);
  if (entry.kind === 'Create') book.forget(entry.id);
  expect(book.note(notice('one'), 1).kind).toBe('Create');
});
