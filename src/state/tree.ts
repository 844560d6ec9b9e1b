import { createHash } from 'node:crypto';

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
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
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
  const hash = createHash('sha256');
  for (const tree of [base, proposed]) {
    for (const path of [...tree.keys()].sort()) hash.update(`${path}\0${tree.get(path) ?? ''}\n`);
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
