import { rmSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../../limits/index.js';

/** What git, and each program that it starts, may take of this machine, in bytes. */
export interface Bounds {
  readonly memory: number;
  /** Of one file that is written: a pack has all that was fetched. */
  readonly file: number;
}

export const usualBounds: Bounds = { memory: limits.gitMemory, file: limits.gitPack };

// A server decides what git keeps in memory and writes down; without the signal git says what was too large. The size of files
// is counted in 512 bytes, that of memory in 1,024; a system that knows no such limit goes without.
const script = `ulimit -d "$QUAYSIDE_MEMORY" 2>/dev/null
ulimit -f "$QUAYSIDE_FILE" 2>/dev/null
trap '' XFSZ
unset QUAYSIDE_MEMORY QUAYSIDE_FILE
exec git "$@"
`;

/** The program that runs git within its bounds, by its name. */
export const boundedGit = { 'bounded-git': script };

/** What runs it in a folder that holds it, and its environment. */
export function withinBounds(
  folder: string,
  { memory, file }: Bounds,
): { readonly binary: [string, string]; readonly environment: Readonly<Record<string, string>> } {
  return {
    binary: ['/bin/sh', join(folder, 'bounded-git')],
    environment: { QUAYSIDE_MEMORY: String(memory / 1024), QUAYSIDE_FILE: String(file / 512) },
  };
}

/** Whether git was stopped by the bound of a file. */
export function isFileTooLarge(words: string): boolean {
  return /File too large/i.test(words);
}

/** Removes the beginnings of packs: git leaves them behind, and each try would add another one. */
export function removeBegunPacks(folder: string): void {
  const packs = join(folder, 'objects', 'pack');
  for (const name of readdirSync(packs)) if (name.startsWith('tmp_pack_')) rmSync(join(packs, name), { force: true });
}
