import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Harness } from './harness.js';

/** git as a person would call it. */
export function git(folder: string, ...args: readonly string[]): string {
  const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  return execFileSync('git', [...person, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

/** The commit at the head of the state. */
export function head({ remote }: Harness): string {
  return git(remote, 'rev-parse', 'main');
}

export function commits({ remote }: Harness): number {
  return Number(git(remote, 'rev-list', '--count', 'main'));
}

export function files({ remote }: Harness): readonly string[] {
  return git(remote, 'ls-tree', '-r', '--name-only', 'main').split('\n');
}

/** A person works in a fresh clone of the state repository, and pushes it as one commit. */
export async function byHand(harness: Harness, work: (clone: string) => unknown, message = 'By hand'): Promise<void> {
  const clone = join(harness.cluster.folder, `clone-${randomBytes(4).toString('hex')}`);
  // Whoever is slower than the operator tries again, as a person would.
  for (let attempt = 1; ; attempt += 1) {
    git(harness.cluster.folder, 'clone', '--quiet', harness.remote, `${clone}-${attempt}`);
    await work(`${clone}-${attempt}`);
    git(`${clone}-${attempt}`, 'add', '--all');
    git(`${clone}-${attempt}`, 'commit', '--quiet', '--allow-empty', '--message', message);
    try {
      git(`${clone}-${attempt}`, 'push', '--quiet', 'origin', 'HEAD:main');
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** A person writes one file of the state, below the folder of the cluster. */
export async function writeState(harness: Harness, path: string, text: string): Promise<void> {
  await byHand(harness, async (clone) => {
    const file = join(clone, 'clusters', harness.id, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  });
}
