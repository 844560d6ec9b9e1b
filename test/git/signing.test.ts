import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openRepository } from '../../src/git/index.js';
import { watchArguments } from '../hostile/child-arguments.js';
import { openpgpKey, sshKey } from '../signing/keys.js';
import { author, bareRepository, git, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';

afterAll(removeTemporary);

test('D10 commits are signed with an SSH key, and everything else about them stays the same', async () => {
  const folder = await temporaryFolder();
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')]);
  await writeFile(join(folder, 'allowed'), `${author.email} ${readFileSync(join(folder, 'key.pub'), 'utf8')}`);
  const signing = { format: 'ssh', key: readFileSync(join(folder, 'key'), 'utf8') } as const;
  const state = join(folder, 'state');
  const repository = await openRepository({ embedded: state, signing, now: () => 1_700_000_000_000 });
  const message = { subject: 'Add it', body: 'Why.', trailers: { 'Quayside-Plan': 'abc' } };
  const first = await repository.commit(undefined, writes({ a: '1' }), message, author);
  await repository.push(first, undefined);
  const base = await repository.head();
  const second = await repository.commit(base, writes({ a: '2' }), message, author);
  expect(await repository.push(second, base)).toBe('pushed');
  for (const commit of [first, second]) {
    await git(state, '-c', `gpg.ssh.allowedSignersFile=${join(folder, 'allowed')}`, 'verify-commit', commit);
  }
  const [entry] = await repository.log(1);
  expect(entry).toMatchObject({ commit: second, author, time: 1_700_000_000, subject: 'Add it' });
  expect(entry?.trailers.get('Quayside-Plan')).toBe('abc');
  expect(await repository.isAncestor(first, second)).toBe(true);
});

test('a key that is none is named, and not shown', async () => {
  const repository = await openRepository({
    embedded: await temporaryFolder(),
    signing: { format: 'ssh', key: 'canary-key' },
  });
  const signed = repository.commit(undefined, writes({ a: '1' }), { subject: 'x' }, author);
  await expect(signed).rejects.toMatchObject({ code: 'GitCredentialsInvalid' });
  await expect(signed).rejects.not.toThrow('canary-key');
});

test.each([
  ['SSH', () => sshKey()],
  ['OpenPGP', () => openpgpKey()],
])('no part of a private %s key is in a commit, an argument of a process or a file left behind', async (_, make) => {
  const { signing } = await make();
  const [cacheFolder, temporary, remote] = [await temporaryFolder(), await temporaryFolder(), await bareRepository()];
  const environment = { PATH: process.env['PATH'], TMPDIR: temporary };
  const watched = watchArguments(process.pid);
  try {
    const repository = await openRepository({ url: `file://${remote}`, cacheFolder, environment, signing });
    for (const text of ['1', '2', '3']) {
      const base = await repository.head();
      const commit = await repository.commit(base, writes({ a: text }), { subject: 'Write it' }, author);
      expect(await repository.push(commit, base)).toBe('pushed');
    }
  } finally {
    watched.stop();
  }
  // What is between the first and the last line, which say only what it is.
  const lines = signing.key.split('\n').filter((line) => line.length > 40 && !line.startsWith('-----'));
  expect(lines.length).toBeGreaterThan(1);
  const filesIn = (folder: string): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
  const files = [...filesIn(cacheFolder), ...filesIn(temporary)].map((path) => readFileSync(path, 'latin1'));
  const objects = await git(remote, 'cat-file', '--batch-all-objects', '--batch', '--unordered');
  expect(watched.seen.size).toBeGreaterThan(3);
  for (const text of [...files, ...watched.seen, objects]) {
    expect(lines.filter((line) => text.includes(line))).toEqual([]);
  }
  expect(filesIn(temporary)).toEqual([]);
});
