import { TerminalError } from '../../errors/index.js';
import { pathFault } from '../../state/index.js';
import { isFile, isFolder } from '../commands/head.js';
import type { Change, Head, TreeEntry } from './repository.js';

/** Why some paths of a change may not be written: an unsafe path, or something at the base that is no file or folder. */
export function changeFaults(entries: readonly TreeEntry[], { writes, deletes }: Change): ReadonlyMap<string, string> {
  const there = new Map(entries.filter((entry) => !isFolder(entry)).map((entry) => [entry.path, entry]));
  const folders = new Set([...foldersOf(entries), ...entries.filter(isFolder).map(({ path }) => path)]);
  const removed = new Set(deletes);
  const isInTheWay = (folder: string): boolean => (there.has(folder) && !removed.has(folder)) || writes.has(folder);
  const faultOf = (path: string): string | undefined => {
    const parent = parentsOf(path).find(isInTheWay);
    return (
      pathFault(path) ??
      linkFault(there.get(path)) ??
      (parent === undefined ? undefined : `${parent} is not a folder`) ??
      (folders.has(path) ? 'there is a folder of that name' : undefined)
    );
  };
  const faults = [...new Set([...writes.keys(), ...deletes])].map((path) => [path, faultOf(path)] as const);
  return new Map(faults.flatMap(([path, fault]) => (fault === undefined ? [] : [[path, fault] as const])));
}

/** All folders; most entries lie in the same one as the entry before. */
function foldersOf(entries: readonly TreeEntry[]): ReadonlySet<string> {
  const own = new Set(entries.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  return new Set([...own].flatMap((folder) => [...parentsOf(folder), folder]));
}

/** What there is at the paths of a change, in their folders, and at the folders around these. */
export async function entriesAround(head: Head, { writes, deletes }: Change): Promise<readonly TreeEntry[]> {
  const folders = new Set([...writes.keys(), ...deletes].map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  const entries = new Map<string, TreeEntry>();
  for (const folder of [...folders].sort()) {
    for (const entry of [...(await head.above(folder)), ...(await head.children(folder))])
      entries.set(entry.path, entry);
  }
  return [...entries.values()];
}

/** Throws unless every path of the change may be written. */
export function refuseUnsafe(entries: readonly TreeEntry[], change: Change): void {
  for (const [path, fault] of changeFaults(entries, change)) {
    throw new TerminalError('UnsafePath', `${JSON.stringify(path.slice(0, 200))} is not written: ${fault}`);
  }
}

function linkFault(entry: TreeEntry | undefined): string | undefined {
  if (entry === undefined || isFile(entry)) return undefined;
  return entry.mode === '120000' ? 'it is a symbolic link' : 'it is a submodule';
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
