import { execFileSync } from 'node:child_process';
import type { Scene } from '../cli/quayside.js';

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
export async function remoteFor(scene: Scene): Promise<string> {
  const remote = scene.file('remote.git');
  git(scene.folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  await scene.integration({ git: { url: `file://${remote}` } });
  return remote;
}

/** A person changes something in a clone of the remote and pushes it. */
export async function byHand(scene: Scene, work: (clone: string) => Promise<void>): Promise<void> {
  const clone = scene.file(`clone-${Date.now()}`);
  git(scene.folder, 'clone', '--quiet', scene.file('remote.git'), clone);
  await work(clone);
  git(clone, 'add', '--all');
  git(clone, 'commit', '--quiet', '--message', 'By hand');
  git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
}
