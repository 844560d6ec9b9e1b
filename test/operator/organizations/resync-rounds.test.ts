import { expect, test } from '@jest/globals';
import { dueRounds, type Rounds } from '../../../src/operator/organizations/resync-rounds.js';

const every = (interval: number, name = 'quay') => [{ name, interval }];

test('a round of the resync is due one interval after the integration was seen first', () => {
  const rounds: Rounds = new Map();
  expect(dueRounds(rounds, every(100), 1_000)).toEqual([]);
  expect(dueRounds(rounds, every(100), 1_099)).toEqual([]);
  expect(dueRounds(rounds, every(100), 1_100)).toEqual(['quay']);
});

test('a round of the resync is due at once when the interval became shorter than the time since the last', () => {
  const rounds: Rounds = new Map([['quay', 1_000]]);
  expect(dueRounds(rounds, every(1_000), 1_500)).toEqual([]);
  expect(dueRounds(rounds, every(400), 1_500)).toEqual(['quay']);
});

test('a round of the resync is due for each integration on its own', () => {
  const rounds: Rounds = new Map([
    ['one', 0],
    ['other', 900],
  ]);
  expect(dueRounds(rounds, [...every(500, 'one'), ...every(500, 'other')], 1_000)).toEqual(['one']);
});
