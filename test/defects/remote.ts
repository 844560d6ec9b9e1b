import { execFileSync } from 'node:child_process';
import type { Fixture } from '../cli/quayside.js';

/** git as a person would call it. */
export function git(folder: string, ...args: readonly string[]): string {
  const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  return execFileSync('git', [...person, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Makes an empty remote in the folder of a scene, and has its integration use it. */
export async function remoteFor(fixture: Fixture): Promise<string> {
  const remote = fixture.file('remote.git');
  git(fixture.folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  await fixture.integration({ git: { url: `file://${remote}` } });
  return remote;
}

/** A person changes something in a clone of the remote and pushes it. */
export async function byHand(fixture: Fixture, work: (clone: string) => Promise<void>): Promise<void> {
  const clone = fixture.file(`clone-${Date.now()}`);
  git(fixture.folder, 'clone', '--quiet', fixture.file('remote.git'), clone);
  await work(clone);
  git(clone, 'add', '--all');
  git(clone, 'commit', '--quiet', '--message', 'By hand');
  git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
}
