import { readdirSync, readFileSync } from 'node:fs';

/** The arguments of every process that another one started, as anybody on the same machine can read them. */
export interface ChildArguments {
  readonly seen: ReadonlySet<string>;
  readonly stop: () => void;
}

/** Looks many times a second: most of them live for a moment only. */
export function watchArguments(pid: number): ChildArguments {
  const seen = new Set<string>();
  const look = (of: number): void => {
    for (const child of childrenOf(of)) {
      seen.add(textOf(`/proc/${child}/cmdline`).replaceAll('\0', ' '));
      look(child);
    }
  };
  const timer = setInterval(() => look(pid), 10);
  return { seen, stop: () => clearInterval(timer) };
}

function childrenOf(pid: number): readonly number[] {
  return threadsOf(pid)
    .flatMap((thread) => textOf(`/proc/${pid}/task/${thread}/children`).split(' '))
    .filter((child) => child !== '')
    .map(Number);
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Empty for one that has just ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
