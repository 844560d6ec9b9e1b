import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readMarker, writeMarker, type OwnershipMarker } from '../../src/plan/index.js';

const marker: OwnershipMarker = {
  clusterUID: '6f1b',
  clusterID: 'openshift',
  namespace: 'demo',
  integration: 'quay',
  origin: 'created',
};

describe('the ownership marker', () => {
  test('says to the owner of the registry what it is for', () => {
    expect(writeMarker(marker)).toBe(
      [
        'Quayside manages this organization for namespace demo of cluster openshift. The team is created again when it is deleted; to exclude this organization, list it in ignore.yaml.',
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
    fc.assert(
      fc.property(marks, (value) => expect(readMarker(writeMarker(value))).toEqual({ valid: true, marker: value })),
    );
  });

  test('survives remarks, blanks and other line ends', () => {
    const text = writeMarker(marker).replaceAll('\n', '  \r\n  ');
    expect(readMarker(`Ask Ann before you touch it.\n${text}\n`)).toEqual({ valid: true, marker });
  });

  test('is invalid when any line is missing or strange, and any text is read', () => {
    for (const label of ['cluster UID', 'cluster ID', 'namespace', 'integration', 'origin']) {
      const without = writeMarker(marker).replace(new RegExp(`^${label}: .*$`, 'm'), '');
      expect(readMarker(without)).toEqual({ valid: false, problem: `its description has no readable line "${label}"` });
    }
    expect(readMarker(writeMarker(marker).replace('origin: created', 'origin: stolen')).valid).toBe(false);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(readMarker(text).valid).toBe(false)));
  });
});
