import { type Head } from '../git/index.js';
import { type Kinds, type ReadKind, type ReadOf, type Tree } from './document-kind.js';
import { proposedTree } from './proposed-tree.js';
import { type PublishedKinds, publishKinds, type Writer } from './publish-kinds.js';

/** What a pass came to. */
export interface Pass<K extends Kinds> extends PublishedKinds<K> {
  /** The commit that was read; undefined while the branch has none. */
  readonly head: Head | undefined;
  readonly read: { readonly [Name in keyof K]: ReadOf<K[Name]> };
}

/**
 * The one pass over documents of any kinds: renders them on the newest commit, publishes them in one commit, and reads what the
 * branch holds then. What is read is the tree of the commit that was pushed, or where nothing was pushed of the newest one that
 * was fetched: never the rendering. A dry run reads the tree that it would push.
 */
export async function runPass<K extends Kinds>(kinds: K, writer: Writer, dryRun: boolean): Promise<Pass<K>> {
  const published = await publishKinds(kinds, writer, dryRun);
  const { git, rendered } = published;
  const commit = git.commit ?? git.base;
  const head = commit === undefined ? undefined : await writer.repository.at(commit);
  const tree = dryRun ? proposedTree(head, git.change) : head;
  return { ...published, head, read: await readKinds(kinds, rendered, { tree, kept: git.kept }) };
}

async function readKinds<K extends Kinds>(
  kinds: K,
  rendered: PublishedKinds<K>['rendered'],
  { tree, kept }: { readonly tree: Tree | undefined; readonly kept: PublishedKinds<K>['git']['kept'] },
): Promise<Pass<K>['read']> {
  const read: Record<string, ReadKind> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    const one = rendered[name];
    if (one !== undefined) read[name] = await kind.read(tree, one, { kept });
  }
  return read as Pass<K>['read'];
}
