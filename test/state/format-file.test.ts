import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { formatFile, parseYaml, type JsonObject } from '../../src/state/index.js';

/** Words that some YAML reader, old or new, takes for something else than text. */
const traps = [
  ...[
    'yes',
    'no',
    'on',
    'off',
    'y',
    'n',
    'Y',
    'N',
    'true',
    'False',
    'null',
    'Null',
    '~',
    '',
    ' ',
    '=',
    '<<',
    '*a',
    '&a',
  ],
  ...[
    '1e3',
    '1E3',
    '0x1F',
    '0o17',
    '017',
    '0b1',
    '1_000',
    '12:30:45',
    '190:20:30',
    '.5',
    '5.',
    '+1',
    '-0',
    '.inf',
    '.NaN',
  ],
  ...[
    '2020-01-01',
    '2001-12-14t21:59:43.10-05:00',
    '2020-01-01 10:00:00',
    '1.2.3.4',
    '---',
    '...',
    '- a',
    '? a',
    '! a',
  ],
  ...['a: b', 'a #b', '#a', 'a:', ':a', '@a', '`a', '%a', '|', '>', '[', '{', '}', ',', "'", '"', '\\', "it's", '"q"'],
  ...[' lead', 'trail ', 'two\nlines', 'two\nlines\n', '\n', '\n\n', ' \n x', 'tab\there', '\ttab', 'a\r\nb', 'a\rb'],
  ...[
    'ü',
    '日本',
    '😀',
    '\u0085',
    '\u2028',
    '\u00a0',
    '\uFEFFx',
    '\x07',
    '\x7f',
    'x'.repeat(300),
    'long words '.repeat(30),
  ],
];

// The YAML 1.1 mode of the library used here as a reader takes these for numbers; the specification and kubectl do not.
const noDigits = /^[-+]?[._]*(?:[eE][-+]?[\d_]+)?$/;
const text = fc
  .oneof(fc.constantFrom(...traps), fc.string(), fc.string({ unit: 'grapheme' }))
  .filter((word) => !noDigits.test(word));
const key = fc
  .oneof(fc.constantFrom(...traps), fc.string())
  .filter((name) => name !== '__proto__' && !noDigits.test(name));
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
// JSON has one zero.
const document = fc
  .dictionary(key, value, { maxKeys: 5, noNullPrototype: true })
  .map((fields) => JSON.parse(JSON.stringify(fields)) as JsonObject);

describe('formatting', () => {
  test('and parsing give the value back', () => {
    fc.assert(
      fc.property(document, (fields) => {
        expect(parseYaml(formatFile(fields, ['Made by a test.']), 'a.yaml').value).toEqual(fields);
      }),
      { numRuns: 500 },
    );
  });

  test('reads alike for every reader: two libraries, and the rules of YAML 1.1 that kubectl and Argo CD follow', () => {
    fc.assert(
      fc.property(document, (fields) => {
        const written = formatFile(fields);
        expect(load(written)).toEqual(fields);
        expect(parse(written, { version: '1.1', merge: false })).toEqual(fields);
      }),
      { numRuns: 500 },
    );
  });

  test.each(traps)('keeps the text %j as value and as key, in every reader', (word) => {
    const fields = { value: word, list: [word], map: { [word]: word } };
    const written = formatFile(fields);
    expect(parseYaml(written, 'a.yaml').value).toEqual(fields);
    expect(load(written)).toEqual(fields);
    expect(parse(written, { version: '1.1', merge: false })).toEqual(fields);
  });

  test.each(['y', 'N', 'on', '1e3', '0b1', '1_000', '12:30:45', '2020-01-01', '017', '<<', '='])(
    'puts %s in quotes, since older readers take it for something else',
    (word) => {
      expect(formatFile({ a: word })).toMatch(/^a: ['"]/);
      expect(formatFile({ [word]: 1 })).toMatch(/^['"]/);
    },
  );

  test('equal input gives equal bytes, whatever the order of the envelope', () => {
    const one = formatFile({ spec: { b: 1, a: 2 }, kind: 'A', metadata: { labels: { z: '1', b: '2' }, name: 'n' } });
    const two = formatFile({ metadata: { name: 'n', labels: { b: '2', z: '1' } }, kind: 'A', spec: { b: 1, a: 2 } });
    expect(one).toBe(two);
  });

  test('the envelope comes first, and spec keeps its order', () => {
    const spec = { name: 'n', members: [{ name: 'x', role: 'read' }], about: 'a' };
    const file = { status: {}, data: 1, spec, metadata: { uid: 'u', name: 'n' }, kind: 'K', apiVersion: 'v1' };
    expect(formatFile(file, ['Rendered by Quayside.', '', 'two\nlines'])).toMatchInlineSnapshot(`
      "# Rendered by Quayside.
      #
      # two
      # lines
      apiVersion: v1
      kind: K
      metadata:
        name: 'n'
        uid: u
      spec:
        name: 'n'
        members:
          - name: x
            role: read
        about: a
      data: 1
      status: {}
      "
    `);
  });

  test('an absent field and an undefined one are the same', () => {
    expect(formatFile({ a: undefined, b: { c: undefined } })).toBe(formatFile({ b: {} }));
  });

  test('writes equal parts twice, since aliases are refused when reading', () => {
    const labels = { a: 'b' };
    expect(formatFile({ one: labels, two: labels })).toBe('one:\n  a: b\ntwo:\n  a: b\n');
  });
});
