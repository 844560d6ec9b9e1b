import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminalError } from '../../errors/index.js';
import { type Environment } from '../environment.js';
import { type GpgAnswer, withGpg } from './gpg.js';

/** An armored signature over a commit by an armored private key. */
export async function openpgpSignature(payload: Buffer, privateKey: string, environment: Environment): Promise<string> {
  return withGpg(environment, async (gpg) => {
    const [, fingerprint] = wordsAfter('IMPORT_OK', await gpg(['--import'], privateKey));
    if (fingerprint === undefined) throw invalid('it cannot be read');
    // One with a passphrase fails here instead of waiting for somebody to type it.
    const args = ['--pinentry-mode', 'loopback', '--passphrase', '', '--local-user', fingerprint];
    const made = await gpg([...args, '--armor', '--detach-sign'], payload);
    if (made.code !== 0) throw invalid('it has a passphrase, is expired, or is no key to sign with');
    return made.stdout;
  });
}

/**
 * The fingerprint of the key that made a signature over this, out of the given public keys (armored); undefined when none of
 * them did, or is expired or revoked.
 */
export async function openpgpSigner(
  payload: Buffer,
  armored: string,
  { keys, environment }: { readonly keys: readonly string[]; readonly environment: Environment },
): Promise<string | undefined> {
  return withGpg(environment, async (gpg, folder) => {
    for (const key of keys) await gpg(['--import'], key);
    const signature = join(folder, 'signature');
    await writeFile(signature, armored);
    const answer = await gpg(['--trust-model', 'always', '--verify', signature, '-'], payload);
    // A key that is expired or revoked has a line of another name.
    if (answer.code !== 0 || wordsAfter('GOODSIG', answer).length === 0) return undefined;
    // The last word is the fingerprint of the primary key, where a subkey signed.
    return wordsAfter('VALIDSIG', answer).at(-1);
  });
}

function wordsAfter(keyword: string, { status }: GpgAnswer): readonly string[] {
  const line = status.find((one) => one.startsWith(`${keyword} `));
  return line?.split(' ').slice(1) ?? [];
}

function invalid(why: string): TerminalError {
  return new TerminalError('GitCredentialsInvalid', `the OpenPGP key to sign commits with is not usable: ${why}`, {
    hint: 'Put an armored private key without a passphrase into the Secret (`gpg --armor --export-secret-keys KEY`).',
  });
}
