import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A group of processes that have no more memory together, as those of a container. */
export interface MemoryGroup {
  /** What Node gets before a program that is to be in it, with all that it starts. */
  readonly node: readonly string[];
  /** How often the kernel ended one of them for want of memory. */
  readonly kills: () => number;
  readonly close: () => void;
}

interface Version {
  readonly root: string;
  readonly limit: string;
  readonly events: string;
}

const versions: readonly Version[] = [
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes', events: 'memory.oom_control' },
  { root: '/sys/fs/cgroup', limit: 'memory.max', events: 'memory.events' },
];

/** Makes one of so many MiB; undefined where this system lets nobody do so. */
export function memoryGroup(mebibytes: number): MemoryGroup | undefined {
  for (const { root, limit, events } of versions) {
    const folder = join(root, `quayside-test-${process.pid}`);
    const close = (): void => {
      try {
        rmdirSync(folder);
      } catch {
        // There is none, or somebody is still in it.
      }
    };
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, limit), String(mebibytes * 1024 * 1024));
      const enter = `import{writeFileSync}from"node:fs";writeFileSync(${JSON.stringify(join(folder, 'cgroup.procs'))},String(process.pid))`;
      const kills = (): number =>
        Number(/^oom_kill (\d+)$/m.exec(readFileSync(join(folder, events), 'utf8'))?.[1] ?? 0);
      kills();
      return { node: ['--import', `data:text/javascript,${enter}`], kills, close };
    } catch {
      close();
    }
  }
  return undefined;
}
