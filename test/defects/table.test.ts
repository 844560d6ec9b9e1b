import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const here = import.meta.dirname;
const read = (name: string): string => readFileSync(join(here, name), 'utf8');
const rows = read('README.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, id = '']) => /^[QD]\d+$/.test(id))
  .map(([, id = '', , where = '']) => ({
    id,
    files: [...where.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
  }));

/** Whether the name of a test in this text begins with the id. */
const names = (text: string, id: string): boolean => new RegExp(`['"\`]${id}[ :]`).test(text);

test('every defect has one row', () => {
  const ids = rows.map(({ id }) => id).filter((id) => id.startsWith('Q'));
  expect(ids).toEqual(Array.from({ length: 41 }, (_, at) => `Q${at + 1}`));
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

test('every row names tests that bear its id', () => {
  const wrong = rows.filter(({ id, files }) => files.length === 0 || !files.every((file) => names(read(file), id)));
  expect(wrong).toEqual([]);
});

test('every id in these tests has its row', () => {
  const tests = readdirSync(here).filter((name) => name.endsWith('.test.ts'));
  const used = tests.flatMap((file) => [...read(file).matchAll(/['"`]([QD]\d+)[ :]/g)].map(([, id]) => ({ id, file })));
  expect(used.filter(({ id, file }) => !rows.some((row) => row.id === id && row.files.includes(file)))).toEqual([]);
});
