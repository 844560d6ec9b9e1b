import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** A bare repository that others push to. */
export interface BareRepository {
  readonly folder: string;
  /** How many commits a branch has. */
  readonly commits: (branch?: string) => number;
}

/** Makes an empty one. */
export function bareRepository(folder: string): BareRepository {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  return {
    folder,
    commits: (branch = 'main') =>
      Number(execFileSync('git', ['-C', folder, 'rev-list', '--count', branch], { encoding: 'utf8' })),
  };
}

/** Calls with 0, 1, 2, …, evenly over a time in milliseconds. */
export async function spread(count: number, period: number, call: (at: number) => void): Promise<void> {
  const start = performance.now();
  for (let at = 0; at < count; at += 1) {
    await wait(Math.max(0, start + (at * period) / count - performance.now()));
    call(at);
  }
}
