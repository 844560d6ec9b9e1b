import { type Problem } from '../errors/index.js';
import { type Head } from '../git/index.js';
import { type OrganizationPlan } from '../plan/index.js';
import { type Ban, type Policy } from '../policy/index.js';
import { type Kept, type KindWords } from '../publish/index.js';
import { type ListKeys } from '../state/index.js';
import { type Kinds as ObjectKinds, type LiveObject, type PruneOptions, type SyncObject } from '../sync/index.js';

/** The files of one commit, or of one that is only proposed. */
export type Tree = Pick<Head, 'list' | 'sized' | 'read' | 'readBytes'>;

/** The files that a kind wants in its folder, held against one commit. */
export interface Wanted {
  /** By path from the top of the repository; all of them in the folder of the kind. */
  readonly files: ReadonlyMap<string, string>;
  /** The paths in its folder that can be ours: others are not read. @default - all */
  readonly isOurs?: (path: string) => boolean;
  /** Whether a file that is there, with this content, is ours to change. */
  readonly mayRewrite: (path: string, content: string) => boolean;
  /** Whether a file that is there, with this content, and is no longer wanted is ours to delete. */
  readonly mayDelete: (path: string, content: string) => boolean;
}

/** What a kind rendered; a kind may know more than this of it. */
export interface RenderedKind {
  readonly wanted: Wanted;
}

/** The documents of one kind in a tree; a kind may know more than this of them. */
export interface ReadKind {
  /** Faults of files and documents, in the words of whoever has to correct them. */
  readonly problems: readonly Problem[];
}

/** What became of a rendering: for whoever reads the tree after it. */
export interface Outcome {
  /** Paths that were left as they are although something else was rendered. */
  readonly kept: readonly Kept[];
}

/**
 * A kind of documents as a value: where its files lie, how they are rendered and read, and what they are called. Nothing else
 * in the pipeline knows a kind.
 */
export interface DocumentKind<Rendered extends RenderedKind = RenderedKind, Read extends ReadKind = ReadKind> {
  /** The folder of its files, with a slash at its end: `clusters/openshift/organizations/`. */
  readonly folder: string;
  readonly words: KindWords;
  /** Renders on top of a commit. `others` are the folders of other kinds, which mean nothing to this one. */
  render(head: Head | undefined, others: readonly string[]): Promise<Rendered>;
  /** Reads the documents of a tree that stands after a rendering was published, or kept from it. */
  read(tree: Tree | undefined, rendered: Rendered, outcome: Outcome): Promise<Read>;
  /** By which fields the items of lists are known, so that a change can be told from growth. @default - every change of a file is one */
  readonly listKeys?: ListKeys;
  /** What becomes of it when one content of a file takes the place of another; undefined: no file. @default - only its path is told */
  plan?(before: string | undefined, after: string | undefined): readonly OrganizationPlan[];
  /** What its documents are in the cluster, and what needs what. */
  objects(read: Read): readonly SyncObject[];
  /** The kinds of these objects. */
  readonly objectKinds: ObjectKinds;
  /** When objects that no document declares any more are pruned. */
  readonly pruning: Pick<PruneOptions, 'when' | 'most'>;
  /** Why such an object stays all the same. @default - it goes */
  keeps?(live: LiveObject, read: Read): Ban | undefined;
  /** What may be done, given what could be read. @default - everything */
  policy?(read: Read): Policy;
}

/** The kinds of one writer, by any name. */
export type Kinds = Readonly<Record<string, DocumentKind>>;

/** What a kind renders. */
export type RenderedOf<Kind> = Kind extends DocumentKind<infer Rendered, infer _> ? Rendered : never;

/** What a kind reads. */
export type ReadOf<Kind> = Kind extends DocumentKind<infer _, infer Read> ? Read : never;
