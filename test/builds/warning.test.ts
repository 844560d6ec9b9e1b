import { describe, expect, test } from '@jest/globals';
import { warning } from '../../src/builds/index.js';

describe('a warning', () => {
  test('is one line of at most 256 characters that no terminal obeys', () => {
    expect(warning(' a\n\u001B[31mb\u2028c\u202Ed\uD800e ')).toBe('a\\n\\u001b[31mb\\u2028c\\u202ed\\ud800e');
    expect(warning('x'.repeat(256))).toBe('x'.repeat(256));
    expect(warning('x'.repeat(257))).toBe(`${'x'.repeat(255)}…`);
    expect(warning('\u{1F600}'.repeat(200))).not.toMatch(/\p{Cs}/u);
  });
});
