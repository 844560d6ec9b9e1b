import { TerminalError } from '../errors/index.js';
import { safePath } from '../state/index.js';
import { isFile } from './head.js';
import type { Change, TreeEntry } from './repository.js';

/** Throws unless every path of the change may be written and is, at the base, a file, or free. */
export function refuseUnsafe(entries: readonly TreeEntry[], { writes, deletes }: Change): void {
  const blockers = new Map(entries.map((entry) => [entry.path, entry]));
  const folders = new Set(entries.flatMap(({ path }) => parentsOf(path)));
  const removed = new Set(deletes);
  for (const path of deletes) refuseLink(safePath(path), blockers.get(path));
  for (const path of writes.keys()) {
    refuseLink(safePath(path), blockers.get(path));
    const parent = parentsOf(path).find(
      (folder) => (blockers.has(folder) && !removed.has(folder)) || writes.has(folder),
    );
    if (parent !== undefined) throw unsafe(path, `${parent} is not a folder`);
    if (folders.has(path)) throw unsafe(path, 'there is a folder of that name');
  }
}

function refuseLink(path: string, entry: TreeEntry | undefined): void {
  if (entry === undefined || isFile(entry)) return;
  throw unsafe(path, entry.mode === '120000' ? 'it is a symbolic link' : 'it is a submodule');
}

function unsafe(path: string, why: string): TerminalError {
  return new TerminalError('UnsafePath', `${path} is not written: ${why}`);
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
