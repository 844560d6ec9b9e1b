import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRepository, type StateRepository, verifiedRepository, type Verification } from '../../src/git/index.js';
import { readAllowedKeys } from '../../src/signing/index.js';
import { author, git, message, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';
import { sshKey, type TestKey } from '../signing/keys.js';

let ours: TestKey;
let persons: TestKey;

beforeAll(async () => {
  ours = await sshKey();
  persons = await sshKey();
});
afterAll(removeTemporary);

interface Verified {
  readonly repository: StateRepository;
  readonly folder: string;
}

/** A repository that signs with our key, where our key and that of a person are allowed. */
async function verified(more: Partial<Verification> = {}, signing = ours): Promise<Verified> {
  const folder = await temporaryFolder();
  const opened = await openRepository({ embedded: folder, signing: signing.signing });
  const keys = readAllowedKeys([ours.publicKey, persons.publicKey]);
  return { repository: verifiedRepository(opened, { commits: 'Head', keys, path: 'c', ...more }), folder };
}

async function pushOurs({ repository }: Verified, content: string): Promise<string> {
  const base = await repository.head();
  const commit = await repository.commit(base, writes({ 'c/a': content }), message('Ours'), author);
  expect(await repository.push(commit, base)).toBe('pushed');
  return commit;
}

/** A commit of somebody else, signed or not. */
async function byHand(folder: string, path: string, key?: TestKey): Promise<string> {
  const clone = join(await temporaryFolder(), 'clone');
  await git('/', 'clone', '--quiet', folder, clone);
  writeFileSync(join(clone, path), 'by hand');
  await git(clone, 'add', '--all');
  const file = join(clone, '..', 'key');
  if (key !== undefined) writeFileSync(file, key.signing.key, { mode: 0o600 });
  const signed = key === undefined ? [] : ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${file}`];
  await git(clone, ...signed, 'commit', '--quiet', ...(key === undefined ? [] : ['-S']), '-m', 'By hand');
  await git(clone, 'push', '--quiet');
  return (await git(clone, 'rev-parse', 'HEAD')).trim();
}

const rejected = { code: 'SignatureRejected' };

describe('S24 nothing is read from, or committed on, a branch whose newest commit nobody signed who may', () => {
  test('S24 ours and those of people who are allowed are read', async () => {
    const state = await verified();
    const commit = await pushOurs(state, '1');
    expect((await state.repository.head())?.commit).toBe(commit);
    const theirs = await byHand(state.folder, 'c/b', persons);
    expect((await state.repository.head())?.commit).toBe(theirs);
    await pushOurs(state, '2');
  });

  test('S24 an unsigned edit below our signed commit is not taken in, and goes with the next signed one', async () => {
    const state = await verified();
    await pushOurs(state, '1');
    const edit = await byHand(state.folder, 'c/b');
    await expect(state.repository.head()).rejects.toMatchObject(rejected);
    await expect(state.repository.head({ fetch: false })).rejects.toThrow(edit.slice(0, 12));
    await byHand(state.folder, 'c/d', persons);
    expect(await state.repository.head()).toBeDefined();
  });

  test('S24 our own commit is not pushed where nobody would accept it', async () => {
    const state = await verified({}, await sshKey());
    const commit = await state.repository.commit(undefined, writes({ 'c/a': '1' }), message('Ours'), author);
    await expect(state.repository.push(commit, undefined)).rejects.toMatchObject(rejected);
    expect(await state.repository.head()).toBeUndefined();
  });
});

test.each(['Head', 'EveryCommit'] as const)(
  'S24 with %s what was applied before has to be signed by a key that still counts',
  async (commits) => {
    const state = await verified();
    const applied = await pushOurs(state, '1');
    const opened = await openRepository({ embedded: state.folder });
    const of = (key: TestKey): StateRepository =>
      verifiedRepository(opened, { commits, keys: readAllowedKeys([key.publicKey]), path: 'c', since: applied });
    expect((await of(ours).head())?.commit).toBe(applied);
    await expect(of(persons).head()).rejects.toMatchObject(rejected);
  },
);

describe('with EveryCommit', () => {
  test('S24 an unsigned commit below a signed one is found, unless it changes nothing of ours', async () => {
    const state = await verified({ commits: 'EveryCommit' });
    await pushOurs(state, '1');
    await byHand(state.folder, 'elsewhere');
    await byHand(state.folder, 'c/b', persons);
    expect(await state.repository.head()).toBeDefined();
    const unsigned = await byHand(state.folder, 'c/d');
    await byHand(state.folder, 'c/e', persons);
    await expect(state.repository.head()).rejects.toThrow(unsigned.slice(0, 12));
  });

  test('S24 a process that starts anew verifies from the commit that was applied last', async () => {
    const state = await verified();
    const applied = await pushOurs(state, '1');
    await byHand(state.folder, 'c/d');
    await byHand(state.folder, 'c/e', persons);
    const opened = await openRepository({ embedded: state.folder });
    const keys = readAllowedKeys([ours.publicKey, persons.publicKey]);
    const anew = verifiedRepository(opened, { commits: 'EveryCommit', keys, path: 'c', since: applied });
    await expect(anew.head()).rejects.toMatchObject(rejected);
  });
});

test('a merge that a person signed vouches for what it merges', async () => {
  const state = await verified({ commits: 'EveryCommit' });
  await pushOurs(state, '1');
  const clone = join(await temporaryFolder(), 'clone');
  await git('/', 'clone', '--quiet', state.folder, clone);
  const file = join(clone, '..', 'key');
  writeFileSync(file, persons.signing.key, { mode: 0o600 });
  await git(clone, 'checkout', '--quiet', '-b', 'topic');
  writeFileSync(join(clone, 'c', 'b'), readFileSync(join(clone, 'c', 'a')));
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--quiet', '-m', 'Unsigned');
  await git(clone, 'checkout', '--quiet', 'main');
  const signed = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${file}`];
  await git(clone, ...signed, 'merge', '--quiet', '--no-ff', '-S', '-m', 'Merge', 'topic');
  await git(clone, 'push', '--quiet', 'origin', 'main');
  expect(await state.repository.head()).toBeDefined();
});
