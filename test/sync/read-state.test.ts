import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { formatProblem } from '../../src/errors/index.js';
import { openRepository, type Head, type StateRepository } from '../../src/git/index.js';
import { checkHistory, readState } from '../../src/sync/index.js';
import { author, git, message, personCommits, removeTemporary, temporaryFolder, writes } from '../git/temporary.js';

afterAll(removeTemporary);

async function repositoryWith(files: Readonly<Record<string, string>>): Promise<StateRepository> {
  const repository = await openRepository({ embedded: await temporaryFolder() });
  await put(repository, files);
  return repository;
}

async function put(repository: StateRepository, files: Readonly<Record<string, string>>, ...deletes: string[]) {
  const base = await repository.head();
  const commit = await repository.commit(base, writes(files, ...deletes), message('Put'), author);
  expect(await repository.push(commit, base)).toBe('pushed');
  return commit;
}

async function headOf(repository: StateRepository): Promise<Head> {
  const head = await repository.head();
  if (head === undefined) throw new Error('there is no commit');
  return head;
}

describe('reading the state', () => {
  test('gives every document with its path, its id and the places of its fields', async () => {
    const repository = await repositoryWith({
      'd/a.yaml': 'kind: A\n',
      'd/b.yaml': 'spec:\n  x: 1\n',
      'e/c.yaml': 'c: 1\n',
    });
    const { documents, problems, commit } = await readState(await headOf(repository), 'd/');
    expect(problems).toEqual([]);
    expect(commit).toBe((await headOf(repository)).commit);
    expect(documents.map(({ path, value }) => [path, value])).toEqual([
      ['d/a.yaml', { kind: 'A' }],
      ['d/b.yaml', { spec: { x: 1 } }],
    ]);
    expect(documents[1]?.locate('spec.x')).toEqual({ line: 2, column: 3 });
  });

  test('does not take a folder whose name only begins alike', async () => {
    const repository = await repositoryWith({ 'd/a.yaml': 'a: 1\n', 'dd/b.yaml': 'b: 1\n' });
    expect((await readState(await headOf(repository), 'd')).documents).toHaveLength(1);
  });

  test('names every wrong file by line and column, and reads the others', async () => {
    const repository = await repositoryWith({
      'd/good.yaml': 'a: 1\n',
      'd/tab.yaml': 'a:\n\tb: 1\n',
      'd/twice.yaml': 'a: 1\na: 2\n',
      'd/list.yaml': '- a\n',
      'd/old.yml': 'a: 1\n',
      'd/data.bin': 'x',
      'd/deep/er.yaml': 'a: 1\n',
      'd/README.md': 'hello',
      'd/.gitkeep': '',
      'd/big.yaml': `a: ${'x'.repeat(2 ** 21)}\n`,
    });
    await personCommits(repository.description, async (clone) => {
      await symlink('good.yaml', join(clone, 'd/link.yaml'));
      await writeFile(join(clone, 'd/latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
      await mkdir(join(clone, 'd/sub'));
    });
    const { documents, problems } = await readState(await headOf(repository), 'd/');
    expect(documents.map(({ path }) => path)).toEqual(['d/good.yaml']);
    expect(problems.map(formatProblem).sort()).toEqual([
      'd/big.yaml: is 2097156 bytes long; a state file has at most 1048576',
      'd/data.bin: is not read: it is no .yaml file',
      'd/deep/er.yaml: is in a folder below, which is not read (move it into d/)',
      'd/latin.yaml: is not valid UTF-8',
      'd/link.yaml: is a symbolic link, which is not followed (put the file itself here)',
      'd/list.yaml:1:1: the top level must be a mapping (`field: value`)',
      'd/old.yml: is not read (call it old.yaml)',
      'd/tab.yaml:2:1: Tabs are not allowed as indentation (indent with spaces)',
      'd/twice.yaml:2:1: Map keys must be unique (keep one of them)',
    ]);
  });

  test('reads again only what changed', async () => {
    const repository = await repositoryWith({ 'd/a.yaml': 'a: 1\n', 'd/b.yaml': 'b: 1\n' });
    const first = await readState(await headOf(repository), 'd/');
    await put(repository, { 'd/b.yaml': 'b: 2\n', 'd/c.yaml': 'c: 1\n' });
    const head = await headOf(repository);
    const asked: string[] = [];
    const watched: Head = {
      ...head,
      readBytes: (paths) => {
        asked.push(...paths);
        return head.readBytes(paths);
      },
    };
    const known = new Map(first.documents.map((document) => [document.path, document]));
    const second = await readState(watched, 'd/', known);
    expect(asked).toEqual(['d/b.yaml', 'd/c.yaml']);
    expect(second.documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }, { c: 1 }]);
    expect(second.documents[0]).toBe(first.documents[0]);
  });
});

describe('the history', () => {
  test('is sound when the last applied commit is in it, or when nothing was applied yet', async () => {
    const repository = await repositoryWith({ a: '1' });
    const applied = (await headOf(repository)).commit;
    await put(repository, { b: '1' });
    expect(await checkHistory(repository, await repository.head(), applied)).toBeUndefined();
    expect(await checkHistory(repository, await repository.head(), undefined)).toBeUndefined();
  });

  test('that was rewritten, or lost with the repository, is named', async () => {
    const repository = await repositoryWith({ a: '1' });
    const applied = await put(repository, { b: '1' });
    await git(repository.description, 'update-ref', 'refs/heads/main', `${applied}~1`);
    const rewritten = await checkHistory(repository, await repository.head(), applied);
    expect(rewritten).toMatchObject({
      code: 'HistoryDiverged',
      message: expect.stringContaining(applied.slice(0, 12)),
    });
    const empty = await openRepository({ embedded: await temporaryFolder() });
    expect(await checkHistory(empty, await empty.head(), applied)).toMatchObject({ code: 'HistoryDiverged' });
  });
});
