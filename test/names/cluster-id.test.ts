import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TerminalError } from '../../src/errors/index.js';
import { clusterId } from '../../src/names/index.js';
import { clusterIdText } from './arbitraries.js';

describe('clusterId', () => {
  test.each([
    ['openshift', 'openshift'],
    ['Prod', 'prod'],
    [' eu-West ', 'eu-west'],
    ['A\u030a', '\u00e5'],
    ['x'.repeat(63), 'x'.repeat(63)],
  ])('%j becomes %j', (text, id) => {
    expect(clusterId(text)).toBe(id);
  });

  test.each(['', '   ', 'x'.repeat(64)])('%j is an invalid cluster ID that no retry mends', (text) => {
    expect(() => clusterId(text)).toThrow(TerminalError);
    expect(() => clusterId(text)).toThrow(expect.objectContaining({ code: 'InvalidClusterID' }));
  });

  test('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(clusterIdText, (text) => {
        expect(clusterId(clusterId(text))).toBe(clusterId(text));
      }),
    );
  });
});
