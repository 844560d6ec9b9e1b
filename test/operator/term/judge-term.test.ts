import { expect, test } from '@jest/globals';
import { judgeTerm, type TermFacts, type TermVerdict } from '../../../src/operator/term/judge-term.js';

const facts: TermFacts = { found: undefined, own: undefined, noted: [], accepted: undefined };

test.each<[string, Partial<TermFacts>, TermVerdict]>([
  ['a state repository without one', {}, 'Take'],
  ['a new installation', { found: 'other' }, 'Take'],
  ['a start after the last leader of this cluster', { found: 'before', noted: ['before'] }, 'Take'],
  ['a start after a crash between status and ref', { found: 'before', noted: ['before', 'next'] }, 'Take'],
  ['a start after a crash between ref and status', { found: 'next', noted: ['before', 'next'] }, 'Take'],
  ['a start as a copy whose original has written since', { found: 'other', noted: ['before'] }, 'Duplicated'],
  ['the own one', { found: 'own', own: 'own', noted: ['own'] }, 'Ours'],
  ['one that another leader of this cluster wrote', { found: 'later', own: 'own', noted: ['later'] }, 'Succeeded'],
  ['one that a copy wrote', { found: 'other', own: 'own', noted: ['own'] }, 'Duplicated'],
  ['the same, while somebody cleared the status', { found: 'other', own: 'own' }, 'Duplicated'],
  ['one that somebody deleted', { own: 'own', noted: ['own'] }, 'Take'],
  ['one that a person agreed to', { found: '0123456789ab', noted: ['own'], accepted: '0123456' }, 'Take'],
  ['an agreement to another one', { found: '0123456789ab', noted: ['own'], accepted: '9999999' }, 'Duplicated'],
  ['an agreement that names next to nothing', { found: '0123456789ab', noted: ['own'], accepted: '0' }, 'Duplicated'],
])('S18 the term of %s', (_, given, verdict) => {
  expect(judgeTerm({ ...facts, ...given })).toBe(verdict);
});
