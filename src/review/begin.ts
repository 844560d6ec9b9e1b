import type { ForgeRequest, FoundRequests } from '../forge/index.js';
import type { Step } from '../proposal/index.js';
import { headRef } from './branch.js';
import { headState } from './head-state.js';
import { readMemory } from './memory.js';
import { type Observed, type Wanted, wantedOf } from './observe.js';
import type { Proposer, Reviewable, ReviewEvent } from './review.js';

const none: FoundRequests = { open: [], closed: undefined };

/** A pass in the middle: what was found and done so far. */
export interface Pass {
  readonly proposer: Proposer;
  readonly reviewable: Reviewable;
  readonly wanted: Wanted;
  readonly observed: Observed;
  readonly events: readonly ReviewEvent[];
}

/** Reads what there is; nothing is written. */
export async function begin(proposer: Proposer, reviewable: Reviewable): Promise<Pass> {
  const { repository, forge, branch } = proposer;
  const { base, files } = reviewable;
  // Where nothing is wanted and no branch is there, no request can be open.
  const memory = files.length === 0 ? { refusals: [], commit: undefined } : await readMemory(proposer);
  const commit = await repository.readRef(headRef(proposer));
  const wanted = await wantedOf(proposer, reviewable, memory);
  const isNothing = files.length === 0 && commit === undefined;
  const found = isNothing ? none : await forge.find(branch);
  const head = commit === undefined ? undefined : await headState(proposer, base, commit);
  return { proposer, reviewable, wanted, observed: { memory, head, found }, events: [] };
}

/** A step that ends a pass. */
export type Ending = Extract<Step, { do: 'nothing' | 'keep' | 'hold' }>;

/** Whether a pass would leave branch and request as they are. */
export function isEnding(step: Step): step is Ending {
  return step.do === 'nothing' || step.do === 'keep' || step.do === 'hold';
}

/** Who we are matters only for a request that does not say whose it is. */
export async function accountIfAsked({ proposer, observed: { found } }: Pass): Promise<string | undefined> {
  const asked = [...found.open, ...(found.closed === undefined ? [] : [found.closed])];
  return asked.every(({ body }) => body.includes('<!-- quayside: v1 ')) ? undefined : proposer.forge.account();
}

/** The request of this number, among those that were found. */
export function knownRequest({ found }: Observed, number: number | undefined): ForgeRequest | undefined {
  return [...found.open, ...(found.closed === undefined ? [] : [found.closed])].find((one) => one.number === number);
}
