import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readMark, writeMark, type Mark } from '../../src/plan/index.js';

const mark: Mark = {
  clusterUID: '6f1b',
  clusterID: 'openshift',
  namespace: 'demo',
  integration: 'quay',
  origin: 'created',
};

describe('the mark', () => {
  test('tells the owner of the registry what it is for', () => {
    expect(writeMark(mark)).toBe(
      [
        'Quayside looks after this organization for namespace demo of cluster openshift. The team comes back when it is deleted; to be left alone, be named in ignore.yaml.',
        '',
        'cluster UID: 6f1b',
        'cluster ID: openshift',
        'namespace: demo',
        'integration: quay',
        'origin: created',
      ].join('\n'),
    );
  });

  test('is read back as it was written, whatever is in it', () => {
    const text = fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }));
    const marks = fc.record({
      clusterUID: text,
      clusterID: text,
      namespace: fc.oneof(text, fc.constant('')),
      integration: text,
      origin: fc.constantFrom('created' as const, 'predecessor' as const, 'adopted' as const),
    });
    fc.assert(fc.property(marks, (value) => expect(readMark(writeMark(value))).toEqual({ valid: true, mark: value })));
  });

  test('survives remarks, blanks and other line ends', () => {
    const text = writeMark(mark).replaceAll('\n', '  \r\n  ');
    expect(readMark(`Ask Ann before you touch it.\n${text}\n`)).toEqual({ valid: true, mark });
  });

  test('is none when any line is missing or strange, and any text is read', () => {
    for (const label of ['cluster UID', 'cluster ID', 'namespace', 'integration', 'origin']) {
      const without = writeMark(mark).replace(new RegExp(`^${label}: .*$`, 'm'), '');
      expect(readMark(without)).toEqual({ valid: false, problem: `its description has no readable line "${label}"` });
    }
    expect(readMark(writeMark(mark).replace('origin: created', 'origin: stolen')).valid).toBe(false);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(readMark(text).valid).toBe(false)));
  });
});
