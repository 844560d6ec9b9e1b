import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { limitsPage, limitTable } from '../../src/limits/index.js';

const page = resolve(import.meta.dirname, '../../docs/limits.md');

test('the page of limits is the table that the code goes by (`UPDATE_LIMITS=yes npm test -- test/limits` writes it)', () => {
  const text = limitsPage(Object.values(limitTable));
  if (process.env.UPDATE_LIMITS === 'yes') writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});
