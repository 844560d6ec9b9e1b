import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openRepository } from '../../src/git/index.js';
import { author, git, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';

afterAll(removeTemporary);

test('commits are signed with an SSH key, and everything else about them stays the same', async () => {
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
