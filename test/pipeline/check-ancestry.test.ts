import { afterAll, describe, expect, test } from '@jest/globals';
import { openRepository, type Head, type StateRepository } from '../../src/git/index.js';
import { checkAncestry } from '../../src/pipeline/check-ancestry.js';
import { author, git, message, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';

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

describe('the ancestry', () => {
  test('is sound when the last applied commit is in it, or when nothing was applied yet', async () => {
    const repository = await repositoryWith({ a: '1' });
    const applied = (await headOf(repository)).commit;
    await put(repository, { b: '1' });
    expect(await checkAncestry(repository, await repository.head(), applied)).toBeUndefined();
    expect(await checkAncestry(repository, await repository.head(), undefined)).toBeUndefined();
  });

  test('that was rewritten, or lost with the repository, is named', async () => {
    const repository = await repositoryWith({ a: '1' });
    const applied = await put(repository, { b: '1' });
    await git(repository.description, 'update-ref', 'refs/heads/main', `${applied}~1`);
    const rewritten = await checkAncestry(repository, await repository.head(), applied);
    expect(rewritten).toMatchObject({
      code: 'HistoryDiverged',
      message: expect.stringContaining(applied.slice(0, 12)),
    });
    const empty = await openRepository({ embedded: await temporaryFolder() });
    expect(await checkAncestry(empty, await empty.head(), applied)).toMatchObject({ code: 'HistoryDiverged' });
  });
});
