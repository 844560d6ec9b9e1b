import { QuaysideError, RetryableError, TerminalError } from '../errors/index.js';
import type { Head } from '../git/index.js';
import { changeDigest, type ProposalHead, type Step } from '../proposal/index.js';
import { blobId, planId } from '../state/index.js';
import { againTrailer, entriesBetween, planTrailer, treeOf } from './head-state.js';
import type { Wanted } from './observe.js';
import type { Proposer } from './review.js';

/** The ref of the branch that brings a proposal. */
export function headRef({ branch }: Pick<Proposer, 'branch'>): string {
  return `refs/heads/${branch}`;
}

/** One commit with all that is wanted on top of base, and one push of the branch from where it was to there. */
export async function pushProposal(
  proposer: Proposer,
  base: Head,
  wanted: Wanted,
  { from, again }: Pick<Extract<Step, { do: 'push' }>, 'from' | 'again'>,
): Promise<ProposalHead> {
  const { repository, author, trailers } = proposer;
  const change = { writes: wanted.writes, deletes: wanted.deletes };
  const below = await treeOf(base);
  const own = new Map([...below, ...[...wanted.writes].map(([path, content]) => [path, blobId(content)] as const)]);
  for (const path of wanted.deletes) own.delete(path);
  const message = {
    subject: wanted.words.title,
    trailers: {
      ...trailers,
      [planTrailer]: planId(below, own),
      ...(again !== undefined && { [againTrailer]: String(again) }),
    },
  };
  const commit = await repository.commit(base, change, message, author);
  await moveHead(proposer, commit, from);
  const digest = changeDigest(entriesBetween(below, own));
  return { commit, state: 'Ours', digest, fits: true, ...(again !== undefined && { again }) };
}

/** Deletes the branch if it still is where it was; gone already is as good. */
export async function deleteHead(proposer: Proposer, commit: string): Promise<void> {
  if ((await proposer.repository.readRef(headRef(proposer))) === undefined) return;
  await moveHead(proposer, undefined, commit);
}

async function moveHead(proposer: Proposer, commit: string | undefined, from: string | undefined): Promise<void> {
  const { repository, branch } = proposer;
  const outcome = await repository.writeRef(headRef(proposer), commit, from).catch((error: unknown) => {
    throw protectedBranch(error, branch);
  });
  if (outcome === 'pushed') return;
  throw new RetryableError('PushContended', `${branch} in ${repository.description} has moved meanwhile`);
}

/** A first push passes most protections, a forced one does not. */
function protectedBranch(error: unknown, branch: string): unknown {
  const refused = error instanceof QuaysideError && (error.code === 'PushDenied' || error.code === 'PermissionDenied');
  const words = /GH006|GH013|protected|not allowed to force|force[- ]push/i;
  if (!refused || !words.test(error.message)) return error;
  return new TerminalError('ProposalBranchProtected', error.message, {
    hint: `Take ${branch} out of the protected branches or rulesets of the forge, or let its account push with force there.`,
    cause: error,
  });
}
