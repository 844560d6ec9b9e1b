import { describe, expect, test } from '@jest/globals';
import { type Changes } from '../../../src/feed/poll/index.js';
import { dueOrganizations, type Readable } from '../../../src/operator/organizations/due-organizations.js';

const all: readonly Readable[] = Array.from({ length: 12 }, (_, at) => ({
  organization: `o-${String(at).padStart(2, '0')}`,
  remembered: { resyncDue: false, readAt: 100, rolesReadAt: at },
  synced: true,
}));
const some = (organizations: readonly string[], roles: readonly string[] = []): Changes => ({
  type: 'Some',
  organizations: new Set(organizations),
  roles: new Set(roles),
});
const rhythm = { interval: 10, fullInterval: 120, everythingSince: 50 };
const due = (
  organizations: readonly Readable[],
  changes: Changes,
  more: Partial<typeof rhythm> = {},
): readonly string[] =>
  dueOrganizations(organizations, changes, { ...rhythm, ...more }).map(
    ({ one, roles }) => `${one.organization}${roles ? ' with roles' : ''}`,
  );

describe('what is read in an interval', () => {
  test('is a slice of all, with roles, the one that was read longest ago first', () => {
    expect(due(all, some([]))).toEqual(['o-00 with roles']);
    expect(due(all, some([]), { fullInterval: 30 })).toHaveLength(4);
    expect(due(all, some([]), { fullInterval: 1 })).toHaveLength(12);
  });

  test('is what has changed, with roles where those may have', () => {
    expect(due(all, some(['o-04', 'o-05', 'of-others'], ['o-05']))).toEqual([
      'o-00 with roles',
      'o-04',
      'o-05 with roles',
    ]);
  });

  test('is everything where anything may have changed', () => {
    expect(due(all, { type: 'Everything', why: 'Lost', spread: true })).toHaveLength(12);
  });

  test('is also what was not in order, could not be read, or was read before anybody listened', () => {
    const [first, second, third, fourth] = all;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined)
      throw new Error('there are too few');
    const odd: readonly Readable[] = [
      first,
      { ...second, synced: false },
      { ...third, remembered: { ...third.remembered, resyncDue: true } },
      { ...fourth, remembered: { ...fourth.remembered, readAt: 49 } },
    ];
    expect(due(odd, some([]))).toEqual(['o-00 with roles', 'o-01', 'o-02', 'o-03']);
  });
});
