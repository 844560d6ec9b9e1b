import { afterAll, expect, test } from '@jest/globals';
import { type StateRepository } from '../../src/git/index.js';
import { runPass } from '../../src/pipeline/pass.js';
import { type Writer } from '../../src/pipeline/publish-kinds.js';
import { notesKind } from '../fixtures/pipeline/notes-kind.js';
import { embeddedRepository } from '../publish/documents.js';
import { author, message, removeTemporary, writes } from '../support/temporary.js';

afterAll(removeTemporary);

function writerTo(repository: StateRepository): Writer {
  return {
    repository,
    folder: 'clusters/openshift/',
    identity: { path: 'clusters/openshift/cluster.yaml', uid: 'c1', content: 'uid: c1\n', uidOf: () => 'c1' },
    trailers: { 'Quayside-Cluster': 'openshift' },
    author,
    retry: { attempts: 2, delay: () => Promise.resolve() },
  };
}

const one = (name: string, text: string) => ({ name, text });

/** Somebody else commits a file. */
async function pushes(repository: StateRepository, path: string, content: string): Promise<string> {
  const head = await repository.head();
  const commit = await repository.commit(head, writes({ [path]: content }), message('By hand'), author);
  expect(await repository.push(commit, head)).toBe('pushed');
  return commit;
}

test('a pass commits the documents of several kinds at once, and says how many there are of each', async () => {
  const repository = await embeddedRepository();
  const kinds = {
    notes: notesKind([one('a', '1'), one('b', '1')]),
    rules: notesKind([one('r', '1')], { name: 'rules' }),
  };
  const { git, head, read } = await runPass(kinds, writerTo(repository), false);
  expect(head?.commit).toBe(git.commit);
  expect([read.notes.notes, read.rules.notes]).toEqual([[one('a', '1'), one('b', '1')], [one('r', '1')]]);
  const [entry, ...earlier] = await repository.log(9);
  expect([entry?.subject, earlier]).toEqual(['Add 2 notes; add note r', []]);
  const again = await runPass(kinds, writerTo(repository), false);
  expect(again.git).toMatchObject({ pushed: false, added: [], changed: [], removed: [] });
});

test('a kind decides about the files of its own folder and of no other', async () => {
  const repository = await embeddedRepository();
  const both = { notes: notesKind([one('a', '1')]), rules: notesKind([one('r', '1')], { name: 'rules' }) };
  await runPass(both, writerTo(repository), false);
  const { git, read } = await runPass({ rules: notesKind([], { name: 'rules' }) }, writerTo(repository), false);
  expect(git.removed).toEqual(['clusters/openshift/rules/r.yaml']);
  expect(read.rules.notes).toEqual([]);
  const files = (await (await repository.head())?.list())?.map(({ path }) => path);
  expect(files).toContain('clusters/openshift/notes/a.yaml');
});

test('a kind that renders outside its folder is a fault of ours', async () => {
  const stray = { ...notesKind([one('a', '1')]), folder: 'clusters/openshift/other/' };
  await expect(runPass({ stray }, writerTo(await embeddedRepository()), false)).rejects.toThrow('outside its folder');
});

test('a dry run reads the tree that it would push', async () => {
  const repository = await embeddedRepository();
  await runPass({ notes: notesKind([one('a', '1'), one('b', '1')]) }, writerTo(repository), false);
  const { git, read } = await runPass({ notes: notesKind([one('a', '2'), one('c', '1')]) }, writerTo(repository), true);
  expect(git.pushed).toBe(false);
  expect(read.notes.notes).toEqual([one('a', '2'), one('c', '1')]);
});

test('a pass whose pushes are all contended reads the newest commit that it fetched, never its rendering', async () => {
  const repository = await embeddedRepository();
  const first = await runPass({ notes: notesKind([one('a', '1')]) }, writerTo(repository), false);
  let turn = 0;
  const contended: StateRepository = {
    ...repository,
    push: async (commit, base) => {
      await pushes(repository, `clusters/openshift/notes/p${++turn}.yaml`, 'metadata: {name: p}\ndata: {text: x}\n');
      return repository.push(commit, base);
    },
  };
  const { git, head, read } = await runPass({ notes: notesKind([one('a', '2')]) }, writerTo(contended), false);
  expect(git.fault).toMatchObject({ code: 'PushContended' });
  expect(head?.commit).toBe(git.base);
  expect(head?.commit).not.toBe(first.head?.commit);
  expect(read.notes.notes).toEqual([one('a', '1'), one('p', 'x')]);
});
