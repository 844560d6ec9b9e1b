import { describe, expect, test } from '@jest/globals';
import type { Origin } from '../../src/api/index.js';
import {
  decideOwnership,
  markerTeam,
  readMarker,
  writeMarker,
  type OwnershipMarker,
  type OwnershipFacts,
} from '../../src/plan/index.js';
import { found } from './declared.js';

const identity = { clusterUID: '6f1b', clusterID: 'openshift', namespace: 'demo', integration: 'quay' };
const team = (description: string) => ({ name: markerTeam, role: 'member' as const, description });
const owners = { name: 'owners', role: 'admin' as const, description: '' };
const marked = (changes: Partial<OwnershipMarker> = {}): OwnershipFacts['observation'] => ({
  state: 'Observed',
  organization: found({ teams: [owners, team(writeMarker({ ...identity, origin: 'created', ...changes }))] }),
});
const robot = { name: 'other', description: '', repositories: [] };
const unmarked: OwnershipFacts['observation'] = { state: 'Observed', organization: found({ robots: [robot] }) };
const untouched: OwnershipFacts['observation'] = { state: 'Observed', organization: found() };

const decide = (facts: Partial<OwnershipFacts>) =>
  decideOwnership({
    organization: 'openshift_demo',
    observation: unmarked,
    identity,
    adoption: 'Predecessor',
    tokenUser: 'automation',
    ...facts,
  });

describe('whose an organization is', () => {
  test('one that is not there is created', () => {
    expect(decide({ observation: { state: 'Absent' } })).toMatchObject({ decision: 'Create', origin: 'created' });
  });

  test('one of which only the public side shows is refused, naming the user of the token and the cures', () => {
    const decision = decide({ observation: { state: 'Hidden', message: 'no teams in the answer' } });
    expect(decision).toMatchObject({ decision: 'Refused', reason: 'NotOrganizationAdmin' });
    expect(decision).toMatchObject({ message: expect.stringMatching(/automation.*owners.*superuser/) });
  });

  test.each<Origin>(['created', 'predecessor', 'adopted'])(
    'one with our ownership marker is ours, as the marker says: %s',
    (origin) => {
      expect(decide({ observation: marked({ origin }) })).toEqual({ decision: 'Ours', origin });
    },
  );

  test('the ownership marker is rewritten when the integration has another name', () => {
    const decision = decide({ observation: marked({ integration: 'old', origin: 'adopted' }) });
    if (decision.decision !== 'Ours') throw new Error(decision.decision);
    expect(readMarker(decision.marker ?? '')).toMatchObject({ marker: { integration: 'quay', origin: 'adopted' } });
  });

  test.each<[string, Partial<OwnershipMarker>]>([
    ['UID', { clusterUID: 'other' }],
    ['cluster ID', { clusterID: 'other' }],
    ['namespace', { namespace: 'other' }],
  ])('one whose ownership marker names another %s is refused, whatever adoption and memory say', (_, changes) => {
    for (const adoption of ['Predecessor', 'Always', 'Never'] as const)
      expect(
        decide({ observation: marked(changes), adoption, remembered: 'created', predecessor: 'a finalizer' }),
      ).toMatchObject({ decision: 'Refused', reason: 'OrganizationNotOurs' });
  });

  test('the ownership marker of the same cluster before it was rebuilt is rewritten when a person names its UID', () => {
    const decision = decide({ observation: marked({ clusterUID: 'before' }), previousClusterUID: 'before' });
    if (decision.decision !== 'Ours') throw new Error(decision.decision);
    expect(readMarker(decision.marker ?? '')).toMatchObject({ marker: { clusterUID: '6f1b' } });
  });

  test('a lost or damaged ownership marker is restored from memory', () => {
    for (const observation of [
      unmarked,
      { state: 'Observed', organization: found({ teams: [owners, team('hm')] }) } as const,
    ])
      expect(decide({ observation, remembered: 'adopted', adoption: 'Never' })).toMatchObject({
        decision: 'Ours',
        origin: 'adopted',
        marker: expect.stringContaining('origin: adopted'),
      });
  });

  test('an empty one that only the user of the token owns is a creation that was cut', () => {
    expect(decide({ observation: untouched, owners: ['automation'], adoption: 'Never' })).toMatchObject({
      decision: 'TakeOver',
      origin: 'created',
    });
  });

  test.each<[string, Partial<OwnershipFacts>]>([
    ['somebody else owns it too', { observation: untouched, owners: ['ann', 'automation'] }],
    ['nobody owns it', { observation: untouched, owners: [] }],
    ['its owners were not read', { observation: untouched }],
    ['there is a robot in it', { observation: unmarked, owners: ['automation'] }],
    [
      'there is a team of our name in it',
      {
        observation: { state: 'Observed', organization: found({ teams: [owners, team('hm')] }) },
        owners: ['automation'],
      },
    ],
  ])('but not when %s', (_, facts) => {
    expect(decide(facts)).toMatchObject({ decision: 'Refused', reason: 'OrganizationNotOurs' });
  });

  const predecessor = 'its namespace carries the finalizer of the predecessor';
  test.each<[OwnershipFacts['adoption'], string | undefined, string]>([
    ['Predecessor', predecessor, 'predecessor'],
    ['Predecessor', undefined, 'refused'],
    ['Always', predecessor, 'predecessor'],
    ['Always', undefined, 'adopted'],
    ['Never', predecessor, 'refused'],
    ['Never', undefined, 'refused'],
  ])('adoption %s with evidence "%s": %s', (adoption, evidence, expected) => {
    const decision = decide({ adoption, ...(evidence === undefined ? {} : { predecessor: evidence }) });
    expect(decision.decision === 'TakeOver' ? decision.origin : decision.decision.toLowerCase()).toBe(expected);
  });
});
