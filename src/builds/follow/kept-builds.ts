import { keyOf } from '../../kube/index.js';
import { importCandidate } from '../import-decision.js';
import { type BuildRecord } from '../import-record.js';

/**
 * Builds whose image waits to be imported, by tag, as they were when that was seen. OpenShift may prune a Build as soon as it is
 * complete; what it pushed belongs into its tag all the same.
 */
export interface KeptBuilds {
  readonly keep: (tag: string, build: BuildRecord) => void;
  /** The Builds of a tag that are known, and the one that was kept and is gone. */
  readonly with: (tag: string, known: readonly BuildRecord[]) => readonly BuildRecord[];
  /** Nothing is left to do about these Builds of a tag. */
  readonly forget: (tag: string, builds: readonly Pick<BuildRecord, 'uid'>[]) => void;
  /** The same about a Build, by `namespace/name`. */
  readonly forgetBuild: (key: string) => void;
  /** Notes that the kept Build of a tag had to wait for its integration; gives how often that was so. */
  readonly waited: (tag: string) => number;
}

/** None, to begin with; of each tag only the newest is kept. */
export function createKeptBuilds(): KeptBuilds {
  const kept = new Map<string, { readonly build: BuildRecord; waits: number }>();
  return {
    keep: (tag, build) => {
      const before = kept.get(tag)?.build;
      const newest = before === undefined ? build : importCandidate([before, build])?.build;
      if (newest !== before) kept.set(tag, { build: newest ?? build, waits: 0 });
    },
    with: (tag, known) => {
      const one = kept.get(tag)?.build;
      return one === undefined || known.some(({ uid }) => uid === one.uid) ? known : [...known, one];
    },
    forget: (tag, builds) => {
      const one = kept.get(tag)?.build;
      if (one !== undefined && builds.some(({ uid }) => uid === one.uid)) kept.delete(tag);
    },
    forgetBuild: (key) => {
      for (const [tag, { build }] of kept) if (keyOf(build.namespace, build.name) === key) kept.delete(tag);
    },
    waited: (tag) => {
      const entry = kept.get(tag);
      return entry === undefined ? 0 : (entry.waits += 1);
    },
  };
}
