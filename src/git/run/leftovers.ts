import { readdirSync, readFileSync } from 'node:fs';

/** Names the run in the environment of git; whatever git starts inherits it, also when git is gone. */
export const runVariable = 'QUAYSIDE_GIT_RUN';

/**
 * Ends what a git that was stopped has left behind: its helpers go on to listen to a server that never ends its answer. On a
 * system without `/proc` they end with the container.
 */
export function endLeftovers(run: string): void {
  const entry = `${runVariable}=${run}`;
  for (const name of readdirOr('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid || !environmentOf(pid).includes(entry)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function readdirOr(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Empty for one that has ended, or belongs to somebody else. */
function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}
