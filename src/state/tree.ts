import { createHash, hash } from 'node:crypto';

/** Files by path, each with the id Git gives its content. */
export type Tree = ReadonlyMap<string, string>;

/** Paths, sorted. */
export interface TreeDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** The id that Git gives a file with this content. */
export function blobId(content: string | Uint8Array): string {
  const header = (size: number): string => `blob ${size}\0`;
  // In one go: the 10,000 files of a large state take half the time.
  if (typeof content === 'string') return hash('sha1', header(Buffer.byteLength(content)) + content);
  return hash('sha1', Buffer.concat([Buffer.from(header(content.byteLength)), content]));
}

/** What has to happen to `base` to make it `proposed`. */
export function diffTrees(base: Tree, proposed: Tree): TreeDifference {
  const paths = [...proposed.keys()];
  return {
    added: paths.filter((path) => !base.has(path)).sort(),
    changed: paths.filter((path) => base.has(path) && base.get(path) !== proposed.get(path)).sort(),
    removed: [...base.keys()].filter((path) => !proposed.has(path)).sort(),
  };
}

/** A short id for the step from one tree to another: the same step has the same id wherever it is computed. */
export function planId(base: Tree, proposed: Tree): string {
  const digest = createHash('sha256');
  for (const tree of [base, proposed]) {
    const lines = [...tree.keys()].sort().map((path) => `${path}\0${tree.get(path) ?? ''}\n`);
    digest.update(`${lines.join('')}\0`);
  }
  return digest.digest('hex').slice(0, 16);
}
