import { expect, test } from '@jest/globals';
import { type Bindings } from './bindings.js';
import { match } from './match.js';
import { relevantPart } from './reduce.js';
import { type Json } from './scenario.js';

const nothing: Bindings = {
  base: 'http://127.0.0.1:1',
  placeholders: { '<token:1>': { type: 'robot token', length: 4, alphabet: 'A-Z0-9' }, '<int:1>': { type: 'integer' } },
  values: new Map(),
};

test.each<[string, Json, Json]>([
  ['another value', { a: 1 }, { a: 2 }],
  ['a further key', { a: 1 }, { a: 1, b: 2 }],
  ['a missing key', { a: 1, b: 2 }, { a: 1 }],
  ['another order', [1, 2], [2, 1]],
  ['a longer list', [1], [1, 1]],
  ['a token of the wrong length', '<token:1>', 'ABC'],
  ['a token of the wrong letters', '<token:1>', 'abcd'],
  ['a text for a number', '<int:1>', '7'],
  ['another date form', '<date:rfc2822>', '2026-11-21T00:00:00Z'],
  ['another server', '<base>/x', 'http://127.0.0.1:2/x'],
  ['another beginning', 'begins<more>', 'starts'],
  ['two values for one placeholder', ['<token:1>', '<token:1>'], ['AAAA', 'BBBB']],
])('%s does not match', (_, recorded, answered) => {
  expect(match(recorded, answered, nothing, [])).toBeUndefined();
});

test('a placeholder keeps its value, and shares it with no other of its kind', () => {
  const known = match('<token:1>', 'AAAA', nothing, []);
  expect(known?.values.get('<token:1>')).toBe('AAAA');
  expect(known && match('<token:2>', 'AAAA', known, [])).toBeUndefined();
});

test('a list in any order binds what fits together', () => {
  const recorded = [
    { id: '<int:1>', name: 'b' },
    { id: '<int:2>', name: 'a' },
  ];
  const placeholders = { '<int:1>': { type: 'integer' }, '<int:2>': { type: 'integer' } };
  const answered = [
    { id: 5, name: 'a' },
    { id: 6, name: 'b' },
  ];
  const known = match(recorded, answered, { ...nothing, placeholders }, ['/']);
  expect([known?.values.get('<int:1>'), known?.values.get('<int:2>')]).toEqual([6, 5]);
});

test('reductions come before picks', () => {
  const step = {
    step: 1,
    name: '',
    reduce: [
      { op: 'count', at: '/list', as: 'n' },
      { op: 'take', at: '/list', n: 1 },
    ],
    pick: { '/list': ['a'] },
  } as const;
  expect(relevantPart({ list: [{ a: 1, b: 2 }, { a: 3 }] }, step)).toEqual({ list: [{ a: 1 }], n: 2 });
});
