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

/** A key that gpg made. */
export async function openpgpKey({ passphrase = '' } = {}): Promise<TestKey> {
  return withGpg(['--passphrase', passphrase], async (gpg) => {
    await gpg(['--quick-generate-key', 'Ann <ann@example.com>', 'ed25519', 'sign', '0']);
    const listed = await gpg(['--with-colons', '--list-keys']);
    return {
      signing: { format: 'openpgp', key: await gpg(['--armor', '--export-secret-keys']) },
      publicKey: await gpg(['--armor', '--export']),
      fingerprint: /^fpr:+([0-9A-F]{40}):/m.exec(listed)?.[1] ?? '',
    };
  });
}

/** What a key signed years ago, when it was not expired yet. */
export async function signedLongAgo(
  payload: Buffer,
): Promise<{ readonly publicKey: string; readonly signature: string }> {
  return withGpg(['--passphrase', ''], async (gpg) => {
    // The clock of each command starts at its time and runs on: a key is made within the day before it signs.
    const at = (day: string): string[] => ['--faked-system-time', `${day}T000000`];
    await gpg([...at('20200101'), '--quick-generate-key', 'Ann <ann@example.com>', 'ed25519', 'sign', '1y']);
    const signature = await gpg([...at('20200102'), '--armor', '--detach-sign'], payload);
    return { publicKey: await gpg(['--armor', '--export']), signature };
  });
}

type RunGpg = (args: readonly string[], input?: Buffer) => Promise<string>;

async function withGpg<T>(options: readonly string[], work: (gpg: RunGpg) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'gpg-'));
  const env = { PATH: process.env['PATH'], GNUPGHOME: home, LC_ALL: 'C' };
  const usual = ['--batch', '--no-tty', '--pinentry-mode', 'loopback', ...options];
  try {
    return await work(async (args, input) => {
      const running = promisify(execFile)('gpg', [...usual, ...args], { env });
      running.child.stdin?.end(input);
      return (await running).stdout;
    });
  } finally {
    execFileSync('gpgconf', ['--kill', 'all'], { env });
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}
