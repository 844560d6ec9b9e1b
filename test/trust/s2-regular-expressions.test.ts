import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { secretPattern } from '../../src/process/log/secret-pattern.js';
import { slowness } from './linear.js';

const root = join(import.meta.dirname, '../..');

interface Found {
  readonly place: string;
  readonly pattern: RegExp;
}

/** Every regular expression that is written in a file. */
function literalsIn(file: string): readonly Found[] {
  const text = readFileSync(file, 'utf8');
  // Most files have none, and to read them takes long.
  if (!/[\s(,[{!&|?:]\/[^/*\s]/.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, body = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      found.push({ place: `${relative(root, file)}:${line} ${node.text}`, pattern: new RegExp(body, flags) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

test('S2: a search with any regular expression of the sources takes linear time', () => {
  const found = files.flatMap((name) => literalsIn(join(root, 'src', name)));
  expect(found.length).toBeGreaterThan(100);
  const slow = found.flatMap(({ place, pattern }) => {
    const part = slowness(pattern);
    return part === undefined ? [] : [`${place}: ${part}`];
  });
  expect(slow).toEqual([]);
});

describe('S2: the same is said of', () => {
  test.each([
    [/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@"']+(?=@)/gi, '[a-z0-9+.-]*'],
    [/(\w+:\/\/)[^/\s@]+@/g, '\\w+'],
    [/repository .*not found/i, '.*'],
    [/-----BEGIN X-----[\s\S]+?-----END X-----/g, '[\\s\\S]+?'],
    [/[\r\n]+$/, '[\\r\\n]+'],
  ])('%s, which is slow', (pattern, part) => {
    expect(slowness(pattern)).toBe(part);
  });

  test.each([[/:\/\/[^/\s@]+@/g], [/"[^"]*"/g], [/^\s*a.*b$/], [/(?<![\r\n])[\r\n]+$/], [/\d{1,9}\.\d+/]])(
    '%s, which is not',
    (pattern) => {
      expect(slowness(pattern)).toBeUndefined();
    },
  );

  test('a pattern for secrets of any kind', () => {
    const secrets = [
      'plain-secret',
      '"""quoted"""',
      '\\\\\\\\share\\"x"',
      'a\nb\r\nc\td',
      '\\"\\"\\"\\"',
      'ünïcödé+/=',
    ];
    const pattern = secretPattern(secrets);
    expect(pattern && slowness(pattern)).toBeUndefined();
  });
});
