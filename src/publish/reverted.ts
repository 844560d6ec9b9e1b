import type { LogEntry, Touch } from '../git/index.js';
import { blobId, type Tree } from '../state/index.js';
import type { Kept, Difference } from './rendered.js';

/**
 * The paths where a person took our last change back, or a merged proposal of ours, and what is rendered is still what they took back. They stay as
 * they are until something else is rendered. `head` has the ids at the head, `touches` the newest commit first.
 */
export function revertedPaths(
  difference: Difference,
  head: Tree,
  touches: readonly Touch[],
  isOurs: (commit: LogEntry) => boolean,
): readonly Kept[] {
  return [...difference.added, ...difference.changed, ...difference.removed].flatMap((path): Kept[] => {
    const commits = touches.filter(({ files }) => files.has(path));
    const [newest] = commits;
    const ours = commits.find((commit) => isOurs(commit) || (newest !== undefined && isRevertOf(newest, commit)));
    if (newest === undefined || ours === undefined || newest === ours) return [];
    const content = difference.change.writes.get(path);
    const rendered = content === undefined ? undefined : blobId(content);
    const change = ours.files.get(path);
    if (change?.before !== head.get(path) || change?.after !== rendered) return [];
    const message = `${newest.author.name} reverted our change ${short(ours)} in ${short(newest)}`;
    return [{ path, reason: 'Reverted', message }];
  });
}

/** By the subject that git and forges give it: what was squashed at a merge has nothing of ours in its message. */
function isRevertOf({ subject }: LogEntry, commit: LogEntry): boolean {
  return subject.startsWith(`Revert "${commit.subject}"`);
}

function short({ commit }: LogEntry): string {
  return commit.slice(0, 12);
}
