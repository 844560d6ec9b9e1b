import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder, removeFolder } from './temporary-folders.js';

/** Writes a file that only this user can read, and gives its path. */
export type WriteSecret = (name: string, content: string) => Promise<string>;

/**
 * Runs `work` with files in a folder of its own, gone afterwards. Files and not variables or arguments: those are shown
 * by `ps`, and by libraries that log what they start.
 */
export async function withSecretFiles<T>(work: (write: WriteSecret) => Promise<T>): Promise<T> {
  const folder = openFolder();
  try {
    return await work(async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content, { mode: 0o600 });
      return path;
    });
  } finally {
    removeFolder(folder);
  }
}

/** A key without its last line break, or with Windows ones, is not read by every version of ssh. */
export function keyText(key: string): string {
  return key.replace(/\r\n?/g, '\n').trimEnd() + '\n';
}
