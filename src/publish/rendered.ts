import type { Change } from '../git/index.js';
import type { TreeDifference } from '../state/index.js';

/** Everything a writer wants in its folder of the repository. */
export interface Rendered {
  /** `clusters/openshift/`; nothing outside is written or deleted. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  /** Whether a file that is there, with this content, is ours to change. */
  readonly mayRewrite: (path: string, content: string) => boolean;
  /** Whether a file that is there, with this content, and is not rendered is ours to delete. */
  readonly mayDelete: (path: string, content: string) => boolean;
  /** The paths that can be ours at all: others are not even read. All of the folder when absent. */
  readonly isOurs?: (path: string) => boolean;
  readonly identity?: Identity;
  /** Files that go along with a change, and make none by themselves. */
  readonly beside?: Beside;
}

/** Files for people: one of the same name that is somebody's own stays as it is. */
export interface Beside {
  readonly files: ReadonlyMap<string, string>;
  readonly mayRewrite: (content: string) => boolean;
}

/** A file that says whose folder this is. */
export interface Identity {
  readonly path: string;
  readonly content: string;
  readonly uid: string;
  /** The UID that a file with this content names; undefined when it names none. */
  readonly uidOf: (content: string) => string | undefined;
  /** Another UID that may be replaced: somebody said so. */
  readonly previous?: string;
}

/** A path that was left as it is although something else was rendered. */
export interface Kept {
  readonly path: string;
  /** `NotOurs`: a person's file; `Unsafe`: a link or the like; `Reverted`: a person took our change back. */
  readonly reason: 'NotOurs' | 'Unsafe' | 'Reverted';
  readonly message: string;
}

/** The step from a head to what was rendered. */
export interface Difference extends TreeDifference {
  readonly change: Change;
  readonly kept: readonly Kept[];
  /** A hash of the trees before and after. */
  readonly planId: string;
}
