import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decideDeletion,
  decideLimit,
  decideRepositoryDeletion,
  deletionsHash,
  type DeletionFacts,
} from '../../src/plan/index.js';
import { type OwnershipStatement, type Reason } from '../../src/api/index.js';
import { type Mark } from '../../src/ownership/index.js';
import { statement } from '../support/ownership-statement.js';
import { found } from './declared.js';

const identity = { clusterUID: '6f1b', clusterID: 'openshift', namespace: 'demo' };
const organization = (foreignRobots: readonly string[] = []) =>
  ({ state: 'Observed', organization: found({ foreignRobots }) }) as const;
const mark = (changes: Partial<OwnershipStatement> = {}): Mark => ({
  kind: 'Valid',
  statement: statement(changes),
  integration: 'quay',
});

const agreeing: DeletionFacts = {
  organization: 'openshift_demo',
  deletionPolicy: 'Delete',
  integration: 'Yes',
  namespace: 'Gone',
  selectedByLists: 'Yes',
  selectedByLabels: 'Yes',
  identity,
  observation: organization(),
  mark: mark(),
  remembered: statement(),
  hasKey: true,
  limit: { agrees: true, usesRelease: false },
};
const suspended = { reason: 'Suspended', message: 'its integration is suspended' } as const;
const held = decideLimit({ pending: ['a', 'b'], recent: [], now: 0, limit: 1 });

const no: readonly [string, Partial<DeletionFacts>, string][] = [
  ['the policy', { deletionPolicy: 'Retain' }, 'Retained'],
  ['no namespace', { identity: { ...identity, namespace: '' } }, 'Retained'],
  ['a living namespace', { namespace: 'Live' }, 'NamespaceExists'],
  ['the lists', { selectedByLists: 'No' }, 'NamespaceNotSelected'],
  ['the labels', { selectedByLabels: 'No' }, 'NamespaceNotSelected'],
  ['an organization that is gone', { observation: { state: 'Absent' } }, 'OrganizationGone'],
  ['a lost ownership marker', { mark: { kind: 'None' } }, 'OrganizationNotOurs'],
  ['a mark that proves nothing', { mark: { kind: 'Invalid', why: 'x' } }, 'OwnedElsewhere'],
  ['an unsigned mark', { mark: { kind: 'Unproven', statement: statement(), why: 'x' } }, 'OwnedElsewhere'],
  ['the ownership marker of another cluster', { mark: mark({ clusterUID: 'x' }) }, 'OwnedElsewhere'],
  ['the ownership marker of another cluster ID', { mark: mark({ clusterID: 'x' }) }, 'OwnedElsewhere'],
  ['the mark of another namespace', { mark: mark({ namespace: 'x' }) }, 'OwnedElsewhere'],
  ['the mark of another creation', { mark: mark({ serial: 'x' }) }, 'OwnershipUncertain'],
  ['a mark that nobody remembers', { remembered: undefined }, 'OwnershipUncertain'],
  ['an adopted organization', { mark: mark({ origin: 'adopted' }) }, 'Retained'],
  ['one that is remembered as adopted', { remembered: statement({ origin: 'adopted' }) }, 'Retained'],
  ['robots of others', { observation: organization(['openshift-demo+x']) }, 'ForeignRobots'],
];
const unknown: readonly [string, Partial<DeletionFacts>, string][] = [
  ['the key of ownership', { hasKey: false }, 'OwnershipKeyMissing'],
  ['the namespace', { namespace: 'Unknown' }, 'InputUnknown'],
  ['the lists', { selectedByLists: 'Unknown' }, 'InputUnknown'],
  ['the labels', { selectedByLabels: 'Unknown' }, 'InputUnknown'],
  ['Quay', { observation: { state: 'Unread', message: 'Quay answered 503' } }, 'QuayUnavailable'],
  ['all of the organization', { observation: { state: 'Hidden', message: 'public' } }, 'NotOrganizationAdmin'],
];

describe('the deletion guard of organizations', () => {
  test.each(['Gone', 'Terminating'] as const)('deletes when all agree and the namespace is %s', (namespace) => {
    expect(decideDeletion({ ...agreeing, namespace }).outcome).toBe('Delete');
    expect(decideDeletion({ ...agreeing, mark: mark({ origin: 'predecessor', revision: 2 }) }).outcome).toBe('Delete');
  });

  test.each(no)('releases when %s says no', (_, facts, reason) => {
    expect(decideDeletion({ ...agreeing, ...facts })).toMatchObject({ outcome: 'Release', reason });
  });

  test('releases when the integration is gone, also a suspended one', () => {
    const decision = decideDeletion({ ...agreeing, integration: 'No', ban: suspended });
    expect(decision).toMatchObject({ outcome: 'Release', reason: 'IntegrationGone' });
  });

  test.each(unknown)('waits when %s could not be read', (_, facts, reason) => {
    expect(decideDeletion({ ...agreeing, ...facts })).toMatchObject({ outcome: 'Wait', reason });
  });

  test('waits when the integration could not be read, is suspended, or the limit says no', () => {
    expect(decideDeletion({ ...agreeing, integration: 'Unknown' })).toMatchObject({ outcome: 'Wait' });
    expect(decideDeletion({ ...agreeing, ban: suspended, deletionPolicy: 'Retain' })).toMatchObject({
      outcome: 'Wait',
    });
    expect(decideDeletion({ ...agreeing, limit: held })).toMatchObject({ outcome: 'Wait', reason: 'DeletionHeld' });
    const ban = { reason: 'HistoryDiverged', message: 'x' } as const;
    expect(decideDeletion({ ...agreeing, ban })).toMatchObject({ outcome: 'Wait', reason: 'HistoryDiverged' });
  });

  const reason = fc.constantFrom<Reason>('Suspended', 'Ignored', 'Retained', 'HistoryDiverged', 'InputUnknown');
  test('deletes under no ban, whatever else is said; a dry run shows what it would delete', () => {
    const banned = fc.record({ reason, message: fc.constant('x') });
    fc.assert(
      fc.property(banned, fc.subarray([...no, ...unknown].map(([, facts]) => facts)), (ban, choices) => {
        const facts = choices.reduce<DeletionFacts>((all, some) => ({ ...all, ...some }), { ...agreeing, ban });
        expect(decideDeletion(facts).outcome).not.toBe('Delete');
      }),
    );
    expect(decideDeletion({ ...agreeing, ban: { reason: 'DryRun', message: 'x' } }).outcome).toBe('Delete');
  });

  test('deletes in no other case', () => {
    const choice = fc.subarray(
      [...no, ...unknown].map(([, facts]) => facts),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(choice, (choices) => {
        const facts = choices.reduce<DeletionFacts>((all, some) => ({ ...all, ...some }), agreeing);
        expect(decideDeletion(facts).outcome).not.toBe('Delete');
      }),
    );
  });
});

describe('the limit', () => {
  const names = ['c', 'a', 'b'];
  test.each<[number, number[], boolean]>([
    [3, [], true],
    [2, [], false],
    [5, [1, 3_600_000], true],
    [4, [1, 3_600_000], false],
    // Older than an hour.
    [3, [0], true],
    [0, [], false],
  ])('of %i with deletions at %j: %s', (limit, recent, agrees) => {
    expect(decideLimit({ pending: names, recent, now: 3_600_000, limit }).agrees).toBe(agrees);
  });

  test.each<[number, number[], string[], boolean]>([
    [3, [1, 2, 3], names, true],
    [4, [1, 2, 3, 4], names, true],
    [3, [1, 2, 3, 4], names, false],
    [3, [1], ['a'], true],
    [3, [1, 2], ['a'], false],
    // One that went meanwhile counts as before.
    [3, [1], ['other'], false],
    [3, [], names, true],
    [2, [], names, false],
  ])('of %i with deletions at %j, where %j were tried before: %s', (limit, recent, tried, agrees) => {
    expect(decideLimit({ pending: names, recent, tried, now: 5, limit }).agrees).toBe(agrees);
  });

  test('never holds nothing', () => {
    expect(decideLimit({ pending: [], recent: [1, 2, 3], now: 4, limit: 0 }).agrees).toBe(true);
  });

  test('is released by the hash of exactly these names, once', () => {
    const facts = { pending: names, recent: [], now: 0, limit: 1 };
    const decision = decideLimit(facts);
    if (decision.agrees) throw new Error('not held');
    expect(decision.held).toEqual(['a', 'b', 'c']);
    expect(decision.hash).toBe(deletionsHash(['b', 'c', 'a']));
    expect(decideLimit({ ...facts, releasedHash: decision.hash })).toEqual({ agrees: true, usesRelease: true });
    expect(decideLimit({ ...facts, pending: ['a', 'b', 'd'], releasedHash: decision.hash }).agrees).toBe(false);
    expect(decideLimit({ ...facts, limit: 5, releasedHash: decision.hash })).toEqual({
      agrees: true,
      usesRelease: false,
    });
  });
});

describe('the deletion guard of repositories', () => {
  const facts = {
    repository: 'web',
    policy: 'Delete',
    inventory: { managedItems: ['imageStream/web'] },
    imageStream: 'No',
    namespace: 'Live',
    limit: { agrees: true, usesRelease: false },
  } as const;

  test('deletes one whose image stream is gone while its namespace lives', () => {
    expect(decideRepositoryDeletion(facts).outcome).toBe('Delete');
  });

  test.each([
    ['Leave', { policy: 'Retain' }],
    ['Leave', { inventory: undefined }],
    ['Leave', { inventory: { managedItems: [] } }],
    ['Leave', { inventory: { managedItems: ['repository/web'] } }],
    ['Leave', { inventory: { managedItems: ['repository/web', 'imageStream/web'] } }],
    ['Leave', { imageStream: 'Yes' }],
    ['Leave', { namespace: 'Gone' }],
    ['Leave', { namespace: 'Terminating' }],
    ['Wait', { imageStream: 'Unknown' }],
    ['Wait', { namespace: 'Unknown' }],
    ['Wait', { ban: suspended }],
    ['Wait', { limit: held }],
  ] as const)('%s: %j', (outcome, changes) => {
    expect(decideRepositoryDeletion({ ...facts, ...changes }).outcome).toBe(outcome);
  });
});
