import { describe, expect, test } from '@jest/globals';
import { InvalidInput } from '../../src/errors/index.js';
import { limits } from '../../src/limits/index.js';
import { parseYaml } from '../../src/state/index.js';

function problemsOf(content: string | Uint8Array): readonly string[] {
  try {
    parseYaml(content, 'a.yaml');
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split('\n');
    throw error;
  }
}

describe('a state file', () => {
  const text = 'kind: A\nspec:\n  robots:\n    - name: builder\n      role: write\n    - name: x\n';

  test('gives its value and the position of every field', () => {
    const file = parseYaml(text, 'a.yaml');
    expect(file.value).toEqual({ kind: 'A', spec: { robots: [{ name: 'builder', role: 'write' }, { name: 'x' }] } });
    expect(file.locate('kind')).toEqual({ line: 1, column: 1 });
    expect(file.locate('spec.robots[0].role')).toEqual({ line: 5, column: 7 });
    expect(file.locate(['spec', 'robots', 1, 'name'])).toEqual({ line: 6, column: 7 });
  });

  test('gives the nearest position around a field that is missing', () => {
    const file = parseYaml(text, 'a.yaml');
    expect(file.locate('spec.robots[1].role')).toEqual({ line: 6, column: 7 });
    expect(file.locate('spec.teams')).toEqual({ line: 2, column: 1 });
    expect(file.locate('')).toEqual({ line: 1, column: 1 });
    expect(file.locate('metadata["a.b/c"]')).toEqual({ line: 1, column: 1 });
  });

  test('finds a key with dots by its quoted name', () => {
    const file = parseYaml('metadata:\n  labels:\n    a.b/c: x\n', 'a.yaml');
    expect(file.locate('metadata.labels["a.b/c"]')).toEqual({ line: 3, column: 5 });
    const strange = 'spec:\n  a: 1\n  "x]\\n\\"y": 2\n';
    expect(parseYaml(strange, 'a.yaml').locate(`spec[${JSON.stringify('x]\n"y')}]`)).toEqual({ line: 3, column: 3 });
  });

  test.each([
    ['', {}],
    ['# nothing yet\n', {}],
    ['---\n', {}],
    ['\uFEFFa: 1\n', { a: 1 }],
  ])('%j is a mapping', (content, value) => {
    expect(parseYaml(content, 'a.yaml').value).toEqual(value);
  });

  test.each([
    ['a:\n\tb: 1\n', 'a.yaml:2:1: Tabs are not allowed as indentation (indent with spaces)'],
    ['a: 1\nb: 2\na: 3\n', 'a.yaml:3:1: Map keys must be unique (keep one of them)'],
    ['a: 1\n---\nb: 1\n', 'a.yaml:2:1: a second document begins here'],
    ['a: &x [1]\nb: *x\n', 'a.yaml:2:4: aliases are not allowed (*x)'],
    ['- a\n- b\n', 'a.yaml:1:1: the top level must be a mapping'],
    ['just words\n', 'a.yaml:1:1: the top level must be a mapping'],
    ['a: "open\n', 'a.yaml:2:1: Missing closing "quote'],
    ['a: !secret x\n', 'a.yaml:1:4: Unresolved tag: !secret'],
    ['a: !!binary aGk=\n', 'a.yaml:1:4: Unresolved tag'],
    ['a: .nan\n', 'a.yaml:1:4: is not a finite number'],
    ['? [a]\n: 1\n', 'a.yaml:1:3: a key must be a plain word'],
    ['a: b\n__proto__: {polluted: true}\n', 'a.yaml:2:1: no field is called __proto__'],
    ['a: 1\nb: "x\0"\n', 'a.yaml:2: contains a NUL character'],
  ])('%j is refused with its position', (content, start) => {
    expect(problemsOf(content)).toEqual([expect.stringContaining(start)]);
  });

  test('reports several faults at once', () => {
    expect(problemsOf('a: *x\nb: .inf\n').length).toBeGreaterThanOrEqual(1);
    expect(problemsOf('a: .inf\nb: .nan\n')).toHaveLength(2);
  });

  test('is refused when it is not UTF-8', () => {
    expect(problemsOf(Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]))).toEqual(['a.yaml: is not valid UTF-8']);
  });

  test('is refused by its size before it is parsed', () => {
    expect(problemsOf('a: ' + 'x'.repeat(20 * limits.documentBytes))).toEqual([expect.stringContaining('bytes long')]);
  });

  test.each(['[', '{a: ', '- ', '? '])('with %j repeated up to its size is refused, not a crash', (open) => {
    const hostile = 'a: ' + open.repeat(20_000);
    expect(problemsOf(hostile).length).toBeGreaterThan(0);
  });

  test('with as many keys as fit is read at once', () => {
    const keys = Array.from({ length: 40_000 }, (_, index) => `${index}:`);
    expect(Object.keys(parseYaml(keys.join('\n'), 'a.yaml').value)).toHaveLength(keys.length);
  });

  test('with thousands of faults is reported with the first twenty', () => {
    const problems = problemsOf(`a: &a x\nb: [${'*a, '.repeat(5_000)}]\n`);
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('a.yaml: and 4980 more faults');
  });

  test('whose keys differ only as numbers and texts do is refused, since a field has one name', () => {
    expect(problemsOf('1: a\n"1": b\n')).toEqual(['a.yaml:2:1: Map keys must be unique (keep one of them)']);
  });

  test('cannot grow by aliases of aliases', () => {
    const levels = Array.from({ length: 20 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]`);
    expect(problemsOf(['l0: &l0 x', ...levels].join('\n'))[0]).toContain('aliases are not allowed');
  });
});
