import { expect, test } from '@jest/globals';
import { createEventBook, type EventInput } from '../../../src/kube/events/event-book.js';

const recordEvent = (note: string, name = 'a'): EventInput => ({
  regarding: { apiVersion: 'v1', kind: 'Namespace', name },
  type: 'Normal',
  reason: 'Published',
  action: 'Publish',
  note,
});
const minute = 60_000;

test('a repeated Event is counted, and the count written once a minute', () => {
  const book = createEventBook();
  expect(book.note(recordEvent('one'), 0).kind).toBe('Create');
  expect([1, 2, 3].map((second) => book.note(recordEvent('one'), second * 1000).kind)).toEqual([
    'Later',
    'Later',
    'Later',
  ]);
  expect(book.due(minute - 1)).toEqual([]);
  expect(book.due(minute)).toMatchObject([{ kind: 'Count', count: 4 }]);
  expect(book.due(2 * minute)).toEqual([]);
  expect(book.note(recordEvent('one'), 3 * minute)).toMatchObject({ kind: 'Count', count: 5 });
});

test('an Event that has not happened for half an hour starts a new series', () => {
  const book = createEventBook();
  book.note(recordEvent('one'), 0);
  expect(book.note(recordEvent('one'), 31 * minute).kind).toBe('Create');
});

test('many Events that differ only in words are combined', () => {
  const book = createEventBook();
  for (let at = 0; at < 10; at += 1) expect(book.note(recordEvent(`number ${at}`), at).kind).toBe('Create');
  expect(book.note(recordEvent('number 10'), 10)).toMatchObject({
    input: { note: '(and others like it) number 10' },
  });
  expect(book.note(recordEvent('number 11'), 11).kind).toBe('Later');
  expect(book.note(recordEvent('number 3'), 12).kind).toBe('Later');
});

test('one object cannot fill the cluster with events, and gets some again with time', () => {
  const book = createEventBook();
  const many = (now: number): number =>
    Array.from({ length: 60 }, (_, at) => book.note({ ...recordEvent('x'), reason: `Reason${now}x${at}` }, now)).filter(
      ({ kind }) => kind === 'Create',
    ).length;
  expect(many(0)).toBe(25);
  expect(book.note(recordEvent('other', 'b'), 0).kind).toBe('Create');
  expect(many(10 * minute)).toBe(2);
});

test('the Events of all objects together are bounded too', () => {
  const book = createEventBook();
  const kinds = Array.from({ length: 300 }, (_, at) => book.note(recordEvent('x', `ns-${at}`), 0).kind);
  expect(kinds.filter((kind) => kind === 'Create')).toHaveLength(100);
});

test('an Event that was not written is new the next time', () => {
  const book = createEventBook();
  const entry = book.note(recordEvent('one'), 0);
  if (entry.kind === 'Create') book.forget(entry.id);
  expect(book.note(recordEvent('one'), 1).kind).toBe('Create');
});
