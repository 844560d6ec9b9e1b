import { TerminalError } from '../../errors/index.js';
import { limits } from '../../limits/index.js';
import { type Git } from '../run/run-git.js';
import type { Head, SizedEntry, TreeEntry } from '../repository/repository.js';
import { listTree } from './list-tree.js';
import { type Bring, readBlobs, readSizes } from './read-blobs.js';

/** Turns whatever a command throws into an error of the family. */
export type Guard = <T>(work: () => Promise<T>) => Promise<T>;

/** The files of a commit. Each list is read once, and content by its id, so a link can never be followed. */
export function createHead(git: Git, guard: Guard, commit: string, bring?: Bring): Head {
  const lists = new Map<string, Promise<readonly TreeEntry[]>>();
  const levels = new Map<string, Promise<readonly TreeEntry[]>>();
  const sizes = new Map<string, number>();
  const oneLevel = (what: { readonly prefix: string } | { readonly paths: readonly string[] }) => {
    const key = JSON.stringify(what);
    const listed = levels.get(key) ?? guard(() => listTree(git, { commit, ...what, recursive: false }));
    levels.set(key, listed);
    listed.catch(() => levels.delete(key));
    return listed;
  };
  const list = async (prefix = ''): Promise<readonly TreeEntry[]> => {
    const around = [...lists.keys()].find((one) => prefix.startsWith(one));
    const listed = lists.get(around ?? prefix) ?? guard(() => listTree(git, { commit, prefix, recursive: true }));
    if (around === undefined) {
      lists.set(prefix, listed);
      listed.catch(() => lists.delete(prefix));
    }
    return (await listed).filter(({ path }) => path.startsWith(prefix));
  };
  const sized = async (entries: readonly TreeEntry[]): Promise<readonly SizedEntry[]> => {
    const ids = new Set(entries.filter(isFile).flatMap(({ id }) => (sizes.has(id) ? [] : [id])));
    const read = await guard(() => readSizes(git, [...ids], bring));
    for (const [id, size] of read) sizes.set(id, size);
    return entries.map((entry) => ({ ...entry, size: isFile(entry) ? (sizes.get(entry.id) ?? 0) : 0 }));
  };
  const readBytes = async (paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> => {
    const wanted = new Set(paths);
    const folders = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
    const found: TreeEntry[] = [];
    // One after the other: the list of a folder holds those of the folders below.
    for (const folder of [...folders].sort()) found.push(...(await list(folder)));
    const files = new Map(
      found.filter((entry) => wanted.has(entry.path) && isFile(entry)).map((one) => [one.path, one]),
    );
    const readable = (await sized([...files.values()])).filter(({ size }) => size <= limits.gitFileBytes);
    if (readable.reduce((sum, { size }) => sum + size, 0) > limits.gitAnswerBytes) throw tooMuch();
    const blobs = await guard(() => readBlobs(git, [...new Set(readable.map(({ id }) => id))]));
    return new Map(
      readable.flatMap(({ path, id }): [string, Uint8Array][] => {
        const blob = blobs.get(id);
        return blob === undefined ? [] : [[path, blob]];
      }),
    );
  };
  return {
    commit,
    list,
    children: (folder) => oneLevel({ prefix: folder }),
    above: (path) => {
      const steps = path.split('/').filter((step) => step !== '');
      return oneLevel({ paths: steps.map((_, at) => steps.slice(0, at + 1).join('/')) });
    },
    sized,
    read: async (paths) =>
      new Map([...(await readBytes(paths))].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])),
    readBytes,
  };
}

function tooMuch(): TerminalError {
  return new TerminalError('StateInvalid', `the files have more than ${limits.gitAnswerBytes} bytes together`, {
    hint: 'Remove from the state repository what is no state.',
  });
}

/** Whether an entry is a regular file, and not a link, a folder or a submodule. */
export function isFile({ mode }: Pick<TreeEntry, 'mode'>): boolean {
  return mode === '100644' || mode === '100755' || mode === '100664';
}

/** Whether an entry is a folder, which only lists of one level have. */
export function isFolder({ mode }: Pick<TreeEntry, 'mode'>): boolean {
  return mode === '040000';
}
