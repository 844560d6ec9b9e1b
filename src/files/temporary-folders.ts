import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'quayside-git-';
const folders = new Set<string>();
const removeAll = (): void => folders.forEach(removeFolder);
let isSwept = false;

/** A new folder that only this user can read; it is gone at the latest when the process ends, or when the next one starts. */
export function openFolder(): string {
  if (!isSwept) sweep();
  // One listener for all: Node warns of more than ten.
  if (folders.size === 0) process.once('exit', removeAll);
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  folders.add(folder);
  return folder;
}

/** Removes a folder with all that is in it. */
export function removeFolder(folder: string): void {
  // A program that is ending may still remove a file of its own.
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  folders.delete(folder);
  if (folders.size === 0) process.off('exit', removeAll);
}

/** Whoever was killed could not remove his folders, and there may be a credential in them. */
function sweep(): void {
  isSwept = true;
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d{1,10})-`).exec(name)?.[1]);
    // One of this number that is there already is from a process before: in a container they all have the same.
    if (Number.isNaN(pid) || (pid !== process.pid && isRunning(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to somebody else.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
