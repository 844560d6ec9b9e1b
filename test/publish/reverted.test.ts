import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { LogEntry, StateRepository } from '../../src/git/index.js';
import { git, personCommits, removeTemporary } from '../support/temporary.js';
import { document, embeddedRepository, publishNow } from './documents.js';

afterAll(removeTemporary);

const file = 'clusters/c/documents/a.yaml';
const isOurs = ({ trailers }: LogEntry) => trailers.get('Quayside-Integration') === 'quay';
const put = (repository: StateRepository, documents: Readonly<Record<string, string>>) =>
  publishNow(repository, documents, { isOurs });
const revert = (repository: StateRepository) =>
  personCommits(repository.description, async (clone) => {
    await git(clone, 'revert', '--no-commit', 'HEAD');
  });
const content = async (repository: StateRepository) => (await (await repository.head())?.read([file]))?.get(file);

describe('a change that a person took back', () => {
  test('is not made again, and says so, until something else is rendered', async () => {
    const repository = await embeddedRepository();
    await put(repository, { a: '1', b: '1' });
    await put(repository, { a: '2', b: '1' });
    await revert(repository);
    const held = await put(repository, { a: '2', b: '2' });
    expect(held.changed).toEqual(['clusters/c/documents/b.yaml']);
    expect(held.kept).toEqual([
      { path: file, reason: 'Reverted', message: expect.stringMatching(/^Ann reverted our change \w{12}/) },
    ]);
    expect(await put(repository, { a: '2', b: '2' })).toMatchObject({ pushed: false, kept: [{ path: file }] });
    expect(await content(repository)).toBe(document('a', '1'));
    expect(await put(repository, { a: '3', b: '2' })).toMatchObject({ changed: [file], kept: [] });
    expect(await put(repository, { a: '2', b: '2' })).toMatchObject({ changed: [file], kept: [] });
  });

  test('is found behind however many newer commits to other files', async () => {
    const repository = await embeddedRepository();
    await put(repository, { a: '1', b: '1', c: '1' });
    await put(repository, { a: '2', b: '1', c: '1' });
    await revert(repository);
    await manyCommits(repository, 1_000, 'clusters/c/documents/b.yaml');
    await manyCommits(repository, 1_000, 'clusters/c/documents/c.yaml');
    const held = await put(repository, { a: '2', b: '2', c: '2', d: '1' });
    expect(held.kept).toMatchObject([{ path: file, reason: 'Reverted' }]);
    expect([...held.added, ...held.changed].map((path) => path.at(-'a.yaml'.length))).toEqual(['d', 'b', 'c']);
  });

  test('may be an addition', async () => {
    const repository = await embeddedRepository();
    await put(repository, { b: '1' });
    await put(repository, { a: '1', b: '1' });
    await personCommits(repository.description, (clone) => rm(join(clone, file)));
    expect(await put(repository, { a: '1', b: '1' })).toMatchObject({
      pushed: false,
      kept: [{ path: file, reason: 'Reverted' }],
    });
    expect(await put(repository, { a: '2', b: '1' })).toMatchObject({ added: [file] });
  });

  test('may be a removal', async () => {
    const repository = await embeddedRepository();
    await put(repository, { a: '1', b: '1' });
    await put(repository, { b: '1' });
    await revert(repository);
    expect(await put(repository, { b: '1' })).toMatchObject({ pushed: false, removed: [], kept: [{ path: file }] });
    expect(await content(repository)).toBe(document('a', '1'));
  });

  test('is something else than an edit, which is rendered over', async () => {
    const repository = await embeddedRepository();
    await put(repository, { a: '1' });
    await put(repository, { a: '2' });
    await personCommits(repository.description, (clone) => writeFile(join(clone, file), document('a', 'by hand')));
    expect(await put(repository, { a: '2' })).toMatchObject({ changed: [file], kept: [] });
  });

  test('is something else than our own change back and forth', async () => {
    const repository = await embeddedRepository();
    for (const value of ['1', '2', '1', '2']) {
      expect(await put(repository, { a: value })).toMatchObject({ pushed: true, kept: [] });
    }
    expect(await put(repository, {})).toMatchObject({ removed: [file] });
    expect(await put(repository, { a: '2' })).toMatchObject({ added: [file] });
  });
});

/** A person changes one file again and again. */
async function manyCommits({ description, branch }: StateRepository, count: number, path: string): Promise<void> {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const commits = Array.from({ length: count }, (_, at) =>
    [
      `commit refs/heads/${branch}\ncommitter Ann <ann@example.com> 1700000000 +0000\n${data('By hand')}`,
      at === 0 ? `from refs/heads/${branch}^0\n` : '',
      `M 100644 inline ${path}\n${data(document('x', `by hand ${at}`))}`,
    ].join(''),
  );
  const importing = promisify(execFile)('git', ['fast-import', '--quiet'], { cwd: description });
  importing.child.stdin?.end(commits.join(''));
  await importing;
}
