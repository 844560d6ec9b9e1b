import { describe, expect, test } from '@jest/globals';
import { type OwnershipStatement } from '../../src/api/index.js';
import {
  type Expected,
  judge,
  type OwnersEvidence,
  ownersMatter,
  readMark,
  requesterHash,
  signingKeys,
  type VerdictFacts,
  writeMark,
} from '../../src/ownership/index.js';
import { newPrivateKey } from '../../src/ownership/store/index.js';
import { ownership } from '../support/ownership-key.js';
import { markText, statement, unsignedMark } from '../support/ownership-statement.js';

const expected: Expected = {
  clusterUID: '6f1b',
  clusterID: 'openshift',
  namespace: 'demo',
  namespaceUID: 'uid-demo',
  requester: 'ann',
};
const alone: OwnersEvidence = {
  tokenUser: 'automation',
  direct: ['automation'],
  invited: [],
  synced: false,
  applications: 0,
};
const seen = (text?: string, hasKnownRobot = false): VerdictFacts['seen'] => ({
  state: 'Observed',
  mark: text === undefined ? { kind: 'None' } : readMark('openshift_demo', text, ownership),
  hasKnownRobot,
});
const verdict = (facts: Partial<VerdictFacts>) => judge({ expected, seen: seen(), ...facts });
const remembered = (changes: Partial<OwnershipStatement> = {}) => statement(changes);

const others: readonly [string, OwnersEvidence][] = [
  ['a person is an owner too', { ...alone, direct: ['ann', 'automation'] }],
  ['only a person is', { ...alone, direct: ['ann'] }],
  ['nobody is', { ...alone, direct: [] }],
  ['somebody is invited', { ...alone, invited: ['ann'] }],
  ['an address is invited', { ...alone, invited: ['ann@example.com'] }],
  ['the owners follow a group', { ...alone, synced: true }],
  ['there is an OAuth application', { ...alone, applications: 1 }],
];

describe('S4 rule O, row by row:', () => {
  test('S4 a body that is hidden from us: not administrator', () => {
    expect(verdict({ seen: { state: 'Hidden', message: '' }, remembered: remembered() }).kind).toBe('NotAdministrator');
  });

  test('S4 absent: create, whatever is remembered', () => {
    expect(verdict({ seen: { state: 'Absent' }, remembered: remembered() })).toEqual({ kind: 'Create' });
  });

  test('S4 a valid mark with the remembered serial: ours, and the highest revision wins', () => {
    const newer = remembered({ revision: 3, origin: 'adopted' });
    const row = (text: string, recorded: OwnershipStatement) => verdict({ seen: seen(text), remembered: recorded });
    expect(row(markText(), remembered())).toMatchObject({ kind: 'Ours', inventory: 'Remembered' });
    expect(row(markText({ revision: 2 }), newer)).toMatchObject({ kind: 'Ours', statement: newer });
    expect(row(markText({ revision: 4 }), newer)).toMatchObject({ statement: { revision: 4, origin: 'created' } });
  });

  test('S4 at equal revision the most careful word wins, on whichever side it stands', () => {
    for (const [mark, record] of [
      ['created', 'adopted'],
      ['adopted', 'created'],
      ['predecessor', 'adopted'],
    ] as const) {
      const row = verdict({ seen: seen(markText({ origin: mark })), remembered: remembered({ origin: record }) });
      expect(row).toMatchObject({ kind: 'Ours', statement: { origin: 'adopted' } });
    }
  });

  test('S4 a valid mark with another serial than is remembered: uncertain, whoever owns it', () => {
    const row = { seen: seen(markText({ serial: 'copied' })), remembered: remembered(), owners: alone };
    expect(verdict(row).kind).toBe('Uncertain');
    expect(verdict({ ...row, owners: undefined }).kind).toBe('Uncertain');
  });

  test('S4 a valid mark and nothing remembered, ours alone: ours, and nothing of it is removable', () => {
    expect(verdict({ seen: seen(markText()), owners: alone })).toMatchObject({ kind: 'Ours', inventory: 'Empty' });
  });

  test.each(others)('S4 a valid mark and nothing remembered, but %s: uncertain', (_, owners) => {
    expect(verdict({ seen: seen(markText()), owners }).kind).toBe('Uncertain');
  });

  test('S4 a valid mark and nothing remembered, owners not read: uncertain, and they have to be read', () => {
    const facts = { expected, seen: seen(markText()) };
    expect(judge(facts).kind).toBe('Uncertain');
    expect(ownersMatter(facts)).toBe(true);
  });

  test('S4 no team, remembered, ours alone, and our Secret has the token of a recorded robot: the mark is restored', () => {
    const row = { seen: seen(undefined, true), remembered: remembered() };
    expect(verdict({ ...row, owners: alone })).toMatchObject({ kind: 'Restore' });
    expect(ownersMatter({ expected, ...row })).toBe(true);
    expect(verdict(row)).toMatchObject({ kind: 'Uncertain', why: expect.stringContaining('owners were not read') });
  });

  test.each(others)('S4 no team, remembered, a token that our Secret has, but %s: uncertain', (_, owners) => {
    expect(verdict({ seen: seen(undefined, true), remembered: remembered(), owners }).kind).toBe('Uncertain');
  });

  test('S4 no team, remembered, and no token of a recorded robot in a Secret of ours: uncertain', () => {
    expect(verdict({ seen: seen(undefined, false), remembered: remembered(), owners: alone }).kind).toBe('Uncertain');
  });

  test('S4 no team and nothing remembered: the adoption rules', () => {
    expect(verdict({ seen: seen(undefined, true), owners: alone }).kind).toBe('AdoptionRules');
  });

  test('S4 no team, and a creation that was only announced: the adoption rules', () => {
    expect(verdict({ remembered: remembered({ revision: 0 }), owners: alone }).kind).toBe('AdoptionRules');
    const row = { seen: seen(markText()), remembered: remembered({ revision: 0 }) };
    expect(verdict(row)).toMatchObject({ kind: 'Ours', inventory: 'Remembered' });
  });

  test("S4 an earlier version's mark with all our fields, ours alone: the migration list", () => {
    expect(verdict({ seen: seen(unsignedMark()), owners: alone }).kind).toBe('Migrate');
    expect(verdict({ seen: seen(unsignedMark()), owners: alone, remembered: remembered() }).kind).toBe('Migrate');
    const lost = writeMark(statement(), 'quay', signingKeys(newPrivateKey()).signer);
    expect(verdict({ seen: seen(lost), owners: alone }).kind).toBe('Migrate');
  });

  test.each(others)("S4 an earlier version's mark, but %s: owned elsewhere", (_, owners) => {
    expect(verdict({ seen: seen(unsignedMark()), owners }).kind).toBe('OwnedElsewhere');
  });

  test.each([
    ['a damaged text', 'hm'],
    ['a signature of other words', markText().replace('origin: created', 'origin: adopted')],
    ['the mark of another organization', markText({ organization: 'openshift_shop' })],
    ['the mark of another cluster', markText({ clusterUID: 'other' })],
    ['the mark of another cluster ID', markText({ clusterID: 'other' })],
    ['the mark of another namespace', markText({ namespace: 'other' })],
    ['an unsigned mark of another cluster', unsignedMark({ 'cluster UID': 'other' })],
  ])('S4 %s: owned elsewhere, whoever owns it and whatever is remembered', (_, text) => {
    for (const facts of [{}, { owners: alone }, { owners: alone, remembered: remembered() }])
      expect(verdict({ seen: seen(text), ...facts }).kind).toBe('OwnedElsewhere');
  });

  test('S4 the mark of the cluster that this one replaces: agreed, with a key that is restored', () => {
    const replacing = { ...expected, previousClusterUID: 'before', namespaceUID: 'new' };
    const row = { expected: replacing, seen: seen(markText({ clusterUID: 'before' })) };
    expect(judge(row)).toMatchObject({ kind: 'Ours', inventory: 'Empty' });
    const recorded = remembered({ clusterUID: 'before', serial: 'other' });
    expect(judge({ ...row, remembered: recorded })).toMatchObject({ kind: 'Ours', inventory: 'Empty' });
  });
});

describe('S21 a namespace that was made again under its name:', () => {
  const again = { ...expected, namespaceUID: 'made-again' };
  const requester = requesterHash('serial-1', 'ann');
  const facts = (changes: Partial<OwnershipStatement>, more: Partial<VerdictFacts> = {}): VerdictFacts => ({
    expected: again,
    seen: seen(markText(changes)),
    remembered: remembered(changes),
    ...more,
  });

  test('S21 goes on for the same requester, and for nobody else', () => {
    expect(judge(facts({ requester })).kind).toBe('Ours');
    expect(judge(facts({ requester: requesterHash('serial-1', 'bob') })).kind).toBe('NamespaceReplaced');
  });

  test('S21 does not go on where nobody is named', () => {
    expect(judge(facts({ requester: '' })).kind).toBe('NamespaceReplaced');
    const nobody = { expected: { ...again, requester: undefined } };
    expect(judge(facts({ requester: '' }, nobody)).kind).toBe('NamespaceReplaced');
    expect(judge(facts({ requester }, nobody)).kind).toBe('NamespaceReplaced');
  });

  test('S21 is not continued by restoring a lost mark either', () => {
    expect(judge(facts({}, { seen: seen(undefined, true), owners: alone })).kind).toBe('NamespaceReplaced');
  });

  test('S21 goes on where the UID was never known, is not to be seen now, or the whole cluster was replaced', () => {
    expect(judge(facts({ namespaceUID: '' })).kind).toBe('Ours');
    expect(judge(facts({}, { expected: { ...again, namespaceUID: undefined } })).kind).toBe('Ours');
    const replacing = { ...again, clusterUID: 'now', previousClusterUID: '6f1b' };
    expect(judge(facts({}, { expected: replacing })).kind).toBe('Ours');
  });
});
