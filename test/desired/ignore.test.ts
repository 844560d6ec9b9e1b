import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ignores, parseIgnore } from '../../src/desired/index.js';
import { InvalidInput } from '../../src/errors/index.js';

describe('parseIgnore', () => {
  test.each([[null], [undefined], [{}], [{ namespaces: [] }]])('%j ignores nothing', (value) => {
    expect(parseIgnore(value)).toEqual({ namespaces: [], organizations: [] });
  });

  test('names the file and the field that is wrong', () => {
    const parse = (): unknown => parseIgnore({ namespace: ['web'] }, 'clusters/x/ignore.yaml');
    expect(parse).toThrow(InvalidInput);
    expect(parse).toThrow('clusters/x/ignore.yaml: namespace: unknown field (did you mean namespaces?)');
    expect(parse).toThrow(expect.objectContaining({ code: 'StateInvalid' }));
    expect(() => parseIgnore('web')).toThrow('must be a mapping, not text');
  });
});

describe('ignores', () => {
  const pattern = (text: string) => ({ namespaces: [text], organizations: [] });

  test.each([
    ['web', 'web', true],
    ['web', 'website', false],
    ['web*', 'website', true],
    ['*-test', 'web-test', true],
    ['*-test', 'web-tests', false],
    ['a*b*c', 'axxbxxc', true],
    ['a*b*c', 'axxcxxb', false],
    ['ab*ba', 'aba', false],
    ['*a*a', 'a', false],
    ['*', 'anything', true],
    ['**', '', true],
    ['w.b', 'web', false],
    ['[a-z]*', 'web', false],
  ])('%s takes %s: %s', (text, name, taken) => {
    expect(ignores(pattern(text), name, 'openshift_x')).toBe(taken);
  });

  test('organizations are matched by their own name', () => {
    const ignore = { namespaces: [], organizations: ['prod_*'] };
    expect(ignores(ignore, 'web', 'prod_web')).toBe(true);
    expect(ignores(ignore, 'prod_web', 'test_web')).toBe(false);
    expect(ignores(undefined, 'web', 'prod_web')).toBe(false);
  });

  test('agrees with the regular expression that a pattern stands for', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(few, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (text, name) => {
        const expression = new RegExp(`^${text.replaceAll('*', '.*')}$`);
        expect(ignores(pattern(text), name, '')).toBe(expression.test(name));
      }),
      { numRuns: 1000 },
    );
  });
});
