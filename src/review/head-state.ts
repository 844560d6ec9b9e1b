import type { Head } from '../git/index.js';
import { changeDigest, type Entries, type ProposalHead } from '../proposal/index.js';
import { planId, type Tree } from '../state/index.js';
import type { Proposer } from './review.js';

/** The trailer that says which change a commit of ours makes. */
export const planTrailer = 'Quayside-Plan';

/** The trailer that names the request which went with its branch. */
export const againTrailer = 'Quayside-Again';

/** All files of a commit, by their ids. */
export async function treeOf(head: Head | undefined): Promise<Tree> {
  const entries = (await head?.list()) ?? [];
  // What a link or another mode would change counts as content.
  return new Map(entries.map(({ path, mode, id }) => [path, mode === '100644' ? id : `${mode} ${id}`]));
}

/** What has to happen to a tree to make it another. */
export function entriesBetween(before: Tree, after: Tree): Entries {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return new Map(
    [...paths].filter((path) => before.get(path) !== after.get(path)).map((path) => [path, after.get(path)]),
  );
}

/** A commit of ours on the branch: what it was made on, and what it brings. */
interface OwnCommit {
  readonly below: Tree;
  readonly entries: Entries;
  /** The request that it proposes once more; else 0. */
  readonly again: number;
}

/** What two commits come to never changes. */
const known = new WeakMap<Proposer['repository'], { readonly key: string; readonly state: ProposalHead }>();

/** What is on the branch of the proposal: decided from Git alone, whatever a forge or a status says. */
export async function headState(proposer: Proposer, base: Head, commit: string): Promise<ProposalHead> {
  const key = `${base.commit} ${commit}`;
  const before = known.get(proposer.repository);
  if (before?.key === key) return before.state;
  const state = await readState(proposer, base, commit);
  known.set(proposer.repository, { key, state });
  return state;
}

async function readState(proposer: Proposer, base: Head, commit: string): Promise<ProposalHead> {
  const { repository } = proposer;
  if (await repository.isAncestor(commit, base.commit)) return { commit, state: 'Merged', fits: false };
  const own = (await ownCommit(proposer, base, commit)) ?? (await withBaseMerged(proposer, base, commit));
  if (own === undefined) return { commit, state: 'Edited', fits: false };
  const now = await treeOf(base);
  const fits = [...own.entries.keys()].every((path) => own.below.get(path) === now.get(path));
  return { commit, state: 'Ours', digest: changeDigest(own.entries), fits, ...(own.again > 0 && { again: own.again }) };
}

/** One commit with our trailers, on a commit of base, that does what its plan says: an amended one does something else. */
async function ownCommit(
  { repository, trailers }: Proposer,
  base: Head,
  commit: string,
): Promise<OwnCommit | undefined> {
  const [entry] = await repository.log(1, { from: commit });
  const [parent, ...others] = await repository.parents(commit);
  if (entry === undefined || parent === undefined || others.length > 0) return undefined;
  if (!Object.entries(trailers).every(([key, value]) => entry.trailers.get(key) === value)) return undefined;
  if (!(await repository.isAncestor(parent, base.commit))) return undefined;
  const below = await treeOf(await repository.at(parent));
  const own = await treeOf(await repository.at(commit));
  if (entry.trailers.get(planTrailer) !== planId(below, own)) return undefined;
  return { below, entries: entriesBetween(below, own), again: Number(entry.trailers.get(againTrailer) ?? 0) };
}

/** "Update branch": base was merged into a commit of ours, and nothing else was done. */
async function withBaseMerged(proposer: Proposer, base: Head, commit: string): Promise<OwnCommit | undefined> {
  const { repository } = proposer;
  const parents = await repository.parents(commit);
  if (parents.length !== 2) return undefined;
  for (const [ours = '', theirs = ''] of [parents, parents.toReversed()]) {
    const own = await ownCommit(proposer, base, ours);
    if (own === undefined || !(await repository.isAncestor(theirs, base.commit))) continue;
    const below = await treeOf(await repository.at(theirs));
    const entries = entriesBetween(below, await treeOf(await repository.at(commit)));
    if (changeDigest(entries) === changeDigest(own.entries)) return { ...own, below, entries };
  }
  return undefined;
}
