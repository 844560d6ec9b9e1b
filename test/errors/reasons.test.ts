import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { reasons } from '../../src/api/index.js';

const source = resolve(import.meta.dirname, '../../src');

/** The codes that the sources give to errors, with the file of each. */
function codes(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.startsWith('simulator')) continue;
    const text = readFileSync(join(source, name), 'utf8');
    for (const [, code = ''] of text.matchAll(
      /(?:new (?:Terminal|Retryable|Refused)Error\(\s*|\bcode: |\bcode = )'([A-Z]\w+)'/g,
    )) {
      found.set(code, name);
    }
  }
  return found;
}

test('every code of an error is in the vocabulary of reasons', () => {
  expect([...codes()].filter(([code]) => !(code in reasons))).toEqual([]);
});

test('every reason is explained in one sentence', () => {
  for (const meaning of Object.values(reasons)) expect(meaning).toMatch(/^[A-Z].*\.$/);
});
