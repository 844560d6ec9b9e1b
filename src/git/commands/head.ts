import type { Git } from '../run/run-git.js';
import type { Head, SizedEntry, TreeEntry } from '../repository/repository.js';

/** Turns whatever a command throws into an error of the family. */
export type Guard = <T>(work: () => Promise<T>) => Promise<T>;

/** The files of a commit. The list is read once, and content by its id, so a link can never be followed. */
export function createHead(git: Git, guard: Guard, commit: string): Head {
  let all: Promise<readonly TreeEntry[]> | undefined;
  const entries = (): Promise<readonly TreeEntry[]> => (all ??= guard(() => listTree(git, commit)));
  const readBytes = async (paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> => {
    if (paths.length === 0) return new Map();
    const wanted = new Set(paths);
    const files = (await entries()).filter((entry) => wanted.has(entry.path) && isFile(entry));
    const blobs = await guard(() => readBlobs(git, [...new Set(files.map(({ id }) => id))]));
    return new Map(
      files.flatMap(({ path, id }): [string, Uint8Array][] => {
        const blob = blobs.get(id);
        return blob === undefined ? [] : [[path, blob]];
      }),
    );
  };
  return {
    commit,
    list: async (prefix = '') => (await entries()).filter(({ path }) => path.startsWith(prefix)),
    sized: (some) => guard(() => withSizes(git, some)),
    read: async (paths) =>
      new Map([...(await readBytes(paths))].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])),
    readBytes,
  };
}

/** Whether an entry is a regular file, and not a link or a submodule. */
export function isFile({ mode }: TreeEntry): boolean {
  return mode === '100644' || mode === '100755' || mode === '100664';
}

async function listTree(git: Git, commit: string): Promise<readonly TreeEntry[]> {
  const listing = await git.text(['ls-tree', '-r', '-z', '--full-tree', commit]);
  return listing.split('\0').flatMap((line) => {
    const [, mode = '', id = '', path = ''] = /^(\d+) \w+ (\w+)\t([\s\S]+)$/.exec(line) ?? [];
    return path === '' ? [] : [{ mode, id, path }];
  });
}

async function withSizes(git: Git, entries: readonly TreeEntry[]): Promise<readonly SizedEntry[]> {
  const ids = new Set(entries.filter(isFile).map(({ id }) => id));
  if (ids.size === 0) return entries.map((entry) => ({ ...entry, size: 0 }));
  const answer = await git.text(['cat-file', '--batch-check'], { input: [...ids].join('\n') + '\n' });
  const sizes = new Map<string, number>();
  for (const line of answer.trimEnd().split('\n')) {
    const [id = '', kind, size] = line.split(' ');
    if (kind === 'missing') throw new Error(`missing blob ${id}`);
    sizes.set(id, Number(size));
  }
  return entries.map((entry) => ({ ...entry, size: isFile(entry) ? (sizes.get(entry.id) ?? 0) : 0 }));
}

async function readBlobs(git: Git, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>();
  if (ids.length === 0) return blobs;
  const answer = await git.catFile(['--batch'], { input: ids.join('\n') + '\n' });
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf(0x0a, at);
    const [id = '', kind, size] = answer.toString('latin1', at, end).split(' ');
    if (kind === 'missing') throw new Error(`missing blob ${id}`);
    const start = end + 1;
    const stop = start + Number(size);
    blobs.set(id, answer.subarray(start, stop));
    at = stop + 1;
  }
  return blobs;
}
