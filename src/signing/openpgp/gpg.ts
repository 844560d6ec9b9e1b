import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { TerminalError } from '../../errors/index.js';
import { openFolder, removeFolder } from '../../files/temporary-folders.js';
import { type Environment } from '../environment.js';

/** What gpg answered. */
export interface GpgAnswer {
  readonly code: number | null;
  readonly stdout: string;
  /** Its report for programs, a line each: `VALIDSIG …`. */
  readonly status: readonly string[];
}

/** Runs gpg with keys of its own; the input goes to its standard input. */
export type Gpg = (args: readonly string[], input: string | Buffer) => Promise<GpgAnswer>;

// Nothing of the user's own set-up, no question, no network.
const usual = ['--batch', '--no-tty', '--no-options', '--no-auto-key-retrieve', '--status-fd', '3', '--quiet'];

/** Runs `work` with a gpg that knows no keys yet, and its folder; both are gone afterwards, and so is its agent. */
export async function withGpg<T>(environment: Environment, work: (gpg: Gpg, folder: string) => Promise<T>): Promise<T> {
  // A private key comes to lie in it, also where this process is killed: the next one removes it.
  const home = openFolder();
  const env = { PATH: environment['PATH'], GNUPGHOME: home, LC_ALL: 'C' };
  try {
    return await work((args, input) => run('gpg', [...usual, ...args], env, input), home);
  } finally {
    await run('gpgconf', ['--kill', 'all'], env, '').catch(() => undefined);
    removeFolder(home);
  }
}

async function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  input: string | Buffer,
): Promise<GpgAnswer> {
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'ignore', 'pipe'], timeout: 30_000 });
  const [, , , report] = child.stdio;
  if (child.stdin === null || child.stdout === null || report === null) throw new TypeError('gpg has no pipes');
  const closed = once(child, 'close') as Promise<[number | null]>;
  // It may end without reading all.
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, status, [code]] = await Promise.all([
    text(child.stdout),
    text(report as NodeJS.ReadableStream),
    closed,
  ]).catch((cause: unknown) => {
    throw new TerminalError('GpgMissing', `${program} could not be started`, {
      cause,
      hint: 'Install GnuPG 2.2 or newer, or use SSH keys.',
    });
  });
  const lines = status.split('\n').flatMap((line) => (line.startsWith('[GNUPG:] ') ? [line.slice(9)] : []));
  return { code, stdout, status: lines };
}
