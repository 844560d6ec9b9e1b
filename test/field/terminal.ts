import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { ownershipKey } from '../support/ownership-key.js';
import { type Finished, type Fixture } from '../support/quayside.js';

const program = resolve(import.meta.dirname, '../../bin/quayside.js');

/** `script` of util-linux; others of that name take other options. */
export const hasTerminal = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();
/** Runs the built command line with a pseudo terminal for stdout and stderr, both of which come as stdout. */
export async function onTerminal(
  fixture: Fixture,
  args: readonly string[],
  {
    columns,
    environment = {},
    input,
  }: { columns: number; environment?: Readonly<Record<string, string>>; input?: string },
): Promise<Finished> {
  const line = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  const command = `stty cols ${columns} rows ${columns === 0 ? 0 : 24}; ${line}`;
  const { CI: _, ...inherited } = process.env;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: fixture.folder,
    env: {
      ...inherited,
      TERM: 'xterm',
      NO_COLOR: '1',
      QUAYSIDE_QUAY_TOKEN: fixture.token,
      QUAYSIDE_OWNERSHIP_KEY: ownershipKey,
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // As somebody types it; the end of the input would end the terminal.
  if (input !== undefined) child.stdin.write(input);
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}
