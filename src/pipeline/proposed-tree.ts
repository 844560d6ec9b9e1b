import { type Change, type Head } from '../git/index.js';
import { blobId } from '../state/index.js';
import { type Tree } from './document-kind.js';

/** The files as they will be once a change is made: what a dry run reads in place of a commit. */
export function proposedTree(head: Head | undefined, { writes, deletes }: Change): Tree {
  const isGone = (path: string): boolean => writes.has(path) || deletes.includes(path);
  const bytes = (path: string): Uint8Array => new TextEncoder().encode(writes.get(path));
  const split = (paths: readonly string[]): readonly [readonly string[], readonly string[]] => [
    paths.filter((path) => writes.has(path)),
    paths.filter((path) => !isGone(path)),
  ];
  return {
    list: async (prefix = '') => [
      ...((await head?.list(prefix)) ?? []).filter(({ path }) => !isGone(path)),
      ...[...writes]
        .filter(([path]) => path.startsWith(prefix))
        .map(([path, content]) => ({ path, mode: '100644', id: blobId(content) })),
    ],
    sized: async (entries) => {
      const there = entries.filter(({ path }) => !writes.has(path));
      const sizes = new Map(((await head?.sized(there)) ?? []).map(({ path, size }) => [path, size]));
      return entries.map((entry) => ({
        ...entry,
        size: writes.has(entry.path) ? bytes(entry.path).byteLength : (sizes.get(entry.path) ?? 0),
      }));
    },
    read: async (paths) => {
      const [written, there] = split(paths);
      const texts = written.map((path): [string, string] => [path, writes.get(path) ?? '']);
      return new Map([...((await head?.read(there)) ?? []), ...texts]);
    },
    readBytes: async (paths) => {
      const [written, there] = split(paths);
      const contents = written.map((path): [string, Uint8Array] => [path, bytes(path)]);
      return new Map([...((await head?.readBytes(there)) ?? []), ...contents]);
    },
  };
}
