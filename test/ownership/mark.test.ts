import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Origin } from '../../src/api/index.js';
import { readMark, signingKeys, writeMark } from '../../src/ownership/index.js';
import { newPrivateKey } from '../../src/ownership/store/index.js';
import { ownership } from '../support/ownership-key.js';
import { markText, statement, unsignedMark } from '../support/ownership-statement.js';

const read = (text: string, organization = 'openshift_demo') => readMark(organization, text, ownership);

describe('the ownership mark', () => {
  test('says to the owner of the registry what it is for', () => {
    const [first, , ...lines] = markText().split('\n');
    expect(first).toBe(
      'Quayside manages this organization for namespace demo of cluster openshift. Nobody but Quayside can write this text: it is signed. To exclude this organization, list it in ignore.yaml.',
    );
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'cluster UID',
      'cluster ID',
      'namespace',
      'namespace UID',
      'origin',
      'evidence',
      'serial',
      'revision',
      'integration',
      'key',
      'signature',
    ]);
    expect(markText().length).toBeLessThan(700);
  });

  test('is read back as it was written, whatever is in it', () => {
    const text = fc.oneof(
      fc.string({ minLength: 1, maxLength: 40 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    );
    const statements = fc.record({
      clusterUID: text,
      clusterID: text,
      namespace: fc.oneof(text, fc.constant('')),
      namespaceUID: fc.oneof(text, fc.constant('')),
      requester: fc.oneof(text, fc.constant('')),
      evidence: fc.oneof(text, fc.constant('')),
      serial: text,
      revision: fc.integer({ min: 0, max: 1_000_000 }),
      origin: fc.constantFrom<Origin>('created', 'predecessor', 'adopted'),
    });
    fc.assert(
      fc.property(statements, (values) => {
        const written = markText(values);
        expect(read(written)).toEqual({ kind: 'Valid', statement: statement(values), integration: 'quay' });
      }),
    );
  });

  test('survives remarks, blanks and other line ends', () => {
    const text = `Ask Ann before you touch it.\n${markText().replaceAll('\n', '  \r\n  ')}\n`;
    expect(read(text)).toMatchObject({ kind: 'Valid' });
  });

  test('proves nothing when any value is another one, or when it stands in another organization', () => {
    const edits: readonly [string, string][] = [
      ['cluster UID: 6f1b', 'cluster UID: 6f1c'],
      ['namespace: demo', 'namespace: shop'],
      ['namespace UID: uid-demo', 'namespace UID: other'],
      ['origin: created', 'origin: predecessor'],
      ['evidence: it was not there', 'evidence: x'],
      ['serial: serial-1', 'serial: serial-2'],
      ['revision: 1', 'revision: 2'],
    ];
    for (const [from, to] of edits) expect(read(markText().replace(from, to)).kind).toBe('Invalid');
    expect(read(markText(), 'openshift_shop').kind).toBe('Invalid');
  });

  test('stays ours when its integration is edited: an edited hostname or name disowns nothing', () => {
    const text = markText().replace('integration: quay', 'integration: other');
    expect(read(text)).toMatchObject({ kind: 'Valid', integration: 'other' });
  });

  test('without a signature, or with one of a key that is not listed, proves nothing and is not invalid', () => {
    expect(read(unsignedMark())).toMatchObject({ kind: 'Unproven', why: 'it is not signed' });
    const { signer } = signingKeys(newPrivateKey());
    expect(read(writeMark(statement(), 'quay', signer))).toMatchObject({ kind: 'Unproven' });
  });

  test('any text is read, and none but ours is valid', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(read(text).kind).toBe('Invalid')));
    expect(read(`${markText()}\n${'x'.repeat(10_000)}`).kind).toBe('Invalid');
    for (const label of ['cluster UID', 'cluster ID', 'namespace', 'origin'])
      expect(read(markText().replace(new RegExp(`^${label}: .*$`, 'm'), '')).kind).toBe('Invalid');
  });
});
