import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SigningKey } from '../../src/signing/index.js';
import { temporaryFolder } from '../support/temporary.js';

/** A key, and what others know of it. */
export interface TestKey {
  readonly signing: SigningKey;
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** A key that ssh-keygen made. */
export async function sshKey(...options: readonly string[]): Promise<TestKey> {
  const file = join(await temporaryFolder(), 'key');
  const type = options.length === 0 ? ['-t', 'ed25519'] : options;
  execFileSync('ssh-keygen', ['-q', ...type, '-N', '', '-C', 'ann', '-f', file]);
  const [, fingerprint = ''] = execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`], { encoding: 'utf8' }).split(' ');
  return {
    signing: { format: 'ssh', key: readFileSync(file, 'utf8') },
    publicKey: readFileSync(`${file}.pub`, 'utf8'),
    fingerprint,
  };
}

/** A key that gpg made; `expires` as gpg takes it. */
export async function openpgpKey({ passphrase = '', expires = '0' } = {}): Promise<TestKey> {
  const home = await mkdtemp(join(tmpdir(), 'gpg-'));
  const env = { PATH: process.env['PATH'], GNUPGHOME: home, LC_ALL: 'C' };
  const gpg = async (...args: readonly string[]): Promise<string> => {
    const usual = ['--batch', '--no-tty', '--pinentry-mode', 'loopback', '--passphrase', passphrase];
    return (await promisify(execFile)('gpg', [...usual, ...args], { env })).stdout;
  };
  try {
    await gpg('--quick-generate-key', 'Ann <ann@example.com>', 'ed25519', 'sign', expires);
    const listed = await gpg('--with-colons', '--list-keys');
    return {
      signing: { format: 'openpgp', key: await gpg('--armor', '--export-secret-keys') },
      publicKey: await gpg('--armor', '--export'),
      fingerprint: /^fpr:+([0-9A-F]{40}):/m.exec(listed)?.[1] ?? '',
    };
  } finally {
    execFileSync('gpgconf', ['--kill', 'all'], { env });
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}
