import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkCommit, readAllowedKeys, signatureOver, signedCommit, splitCommit } from '../../src/signing/index.js';
import { git, removeTemporary, temporaryFolder } from '../support/temporary.js';
import { openpgpKey, signedLongAgo, sshKey, type TestKey } from './keys.js';

afterAll(removeTemporary);

const environment = { PATH: process.env['PATH'] };
const plain = Buffer.from(
  [
    'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    'author Ann <ann@example.com> 1700000000 +0000',
    'committer Ann <ann@example.com> 1700000000 +0000',
    '',
    'Add a thing\n\nWhy – because.\n',
  ].join('\n'),
);
const allowing = (...keys: readonly TestKey[]) => readAllowedKeys(keys.map(({ publicKey }) => publicKey));
const signedBy = async ({ signing }: TestKey, commit = plain): Promise<Buffer> =>
  signedCommit(commit, await signatureOver(commit, signing, environment));

const kinds: readonly (readonly [string, () => Promise<TestKey>])[] = [
  ['ed25519', () => sshKey()],
  ['ecdsa of 256 bits', () => sshKey('-t', 'ecdsa', '-b', '256')],
  ['ecdsa of 384 bits', () => sshKey('-t', 'ecdsa', '-b', '384')],
  ['ecdsa of 521 bits', () => sshKey('-t', 'ecdsa', '-b', '521')],
  ['rsa', () => sshKey('-t', 'rsa', '-b', '2048')],
  ['rsa in PEM', () => sshKey('-t', 'rsa', '-b', '2048', '-m', 'PEM')],
  ['OpenPGP', () => openpgpKey()],
];

describe('a commit that is signed here', () => {
  test.each(kinds)('with %s is taken by git, and its signer is known', async (_, make) => {
    const key = await make();
    const raw = await signedBy(key);
    expect(await checkCommit(raw, allowing(key), environment)).toEqual({ signer: key.fingerprint });
    if (key.signing.format === 'ssh') expect(await isTakenByGit(raw, key)).toBe(true);
    const changed = Buffer.from(raw.toString().replace('Add a thing', 'Add another'));
    expect(await checkCommit(changed, allowing(key), environment)).toHaveProperty('fault');
    const other = key.signing.format === 'ssh' ? await sshKey() : await openpgpKey();
    expect(await checkCommit(raw, allowing(other), environment)).toHaveProperty('fault');
  });

  test.each(kinds.slice(0, 5))('with %s by git itself is accepted', async (_, make) => {
    const key = await make();
    const folder = await temporaryFolder();
    const file = join(folder, 'key');
    writeFileSync(file, key.signing.key, { mode: 0o600 });
    await git(folder, 'init', '--quiet');
    const settings = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${file}`];
    await git(folder, ...settings, 'commit', '--quiet', '--allow-empty', '-S', '-m', 'By a person');
    const raw = execFileSync('git', ['cat-file', 'commit', 'HEAD'], { cwd: folder });
    expect(await checkCommit(raw, allowing(key), environment)).toEqual({ signer: key.fingerprint });
  });
});

describe('a signature that proves nothing', () => {
  test('is none, one of two, or one for something else than git', async () => {
    const key = await sshKey();
    const allowed = allowing(key);
    expect(await checkCommit(plain, allowed, environment)).toEqual({ fault: 'has no signature, or several' });
    const signature = await signatureOver(plain, key.signing, environment);
    const twice = signedCommit(signedCommit(plain, signature), signature);
    expect(await checkCommit(twice, allowed, environment)).toEqual({ fault: 'has no signature, or several' });
    const folder = await temporaryFolder();
    writeFileSync(join(folder, 'key'), key.signing.key, { mode: 0o600 });
    const made = execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'file', '-f', join(folder, 'key')], {
      input: plain,
      encoding: 'utf8',
    });
    expect(await checkCommit(signedCommit(plain, made), allowed, environment)).toHaveProperty('fault');
  });

  test('is one in the message, or on a line that continues another header', async () => {
    const key = await sshKey();
    const signature = await signatureOver(plain, key.signing, environment);
    const inMessage = Buffer.concat([plain, Buffer.from(`gpgsig ${signature.trimEnd().split('\n').join('\n ')}\n`)]);
    expect(splitCommit(inMessage).signature).toBeUndefined();
    const continued = Buffer.from(
      plain.toString().replace('\n\n', `\nmergetag x\n gpgsig ${signature.trim().split('\n').join('\n ')}\n\n`),
    );
    expect(splitCommit(continued).signature).toBeUndefined();
  });

  test('is damaged in any byte of its text', async () => {
    const key = await sshKey();
    const raw = (await signedBy(key)).toString('latin1');
    const [from, to] = [raw.indexOf('SIGNATURE-----\n') + 16, raw.indexOf('-----END') - 3];
    for (let at = from; at < to; at += 1) {
      const letter = raw[at] === 'A' ? 'B' : 'A';
      if (/\s/.test(raw[at] ?? '')) continue;
      const damaged = Buffer.from(raw.slice(0, at) + letter + raw.slice(at + 1), 'latin1');
      expect(await checkCommit(damaged, allowing(key), environment)).toHaveProperty('fault');
    }
  });

  test('is by an OpenPGP key that is expired', async () => {
    const { publicKey, signature } = await signedLongAgo(plain);
    const checked = await checkCommit(signedCommit(plain, signature), readAllowedKeys([publicKey]), environment);
    expect(checked).toMatchObject({ fault: expect.stringContaining('neither expired nor revoked') });
  });
});

test('a key with a passphrase is refused, and neither it nor the words of a library show', async () => {
  const key = await openpgpKey({ passphrase: 'canary' });
  await expect(signedBy(key)).rejects.toMatchObject({ code: 'GitCredentialsInvalid' });
  await expect(signatureOver(plain, { format: 'openpgp', key: 'canary-key' }, environment)).rejects.not.toThrow(
    'canary',
  );
});

test('what is no public key is told by its place', () => {
  expect(readAllowedKeys(['ssh-ed25519 AAAA ann', 'ssh-rsa', 'words']).faults).toEqual([0, 1, 2]);
});

async function isTakenByGit(raw: Buffer, key: TestKey): Promise<boolean> {
  const folder = await temporaryFolder();
  await git(folder, 'init', '--quiet', '--bare');
  execFileSync('git', ['hash-object', '-w', '-t', 'tree', '--stdin'], { cwd: folder, input: '' });
  const id = execFileSync('git', ['hash-object', '-w', '-t', 'commit', '--stdin'], {
    cwd: folder,
    input: raw,
    encoding: 'utf8',
  });
  const allowed = join(folder, 'allowed');
  writeFileSync(allowed, `ann@example.com ${key.publicKey}`);
  await git(folder, '-c', `gpg.ssh.allowedSignersFile=${allowed}`, 'verify-commit', id.trim());
  return true;
}
