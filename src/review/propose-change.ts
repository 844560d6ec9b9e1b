import type { ForgeRequest, FoundRequests } from '../forge/index.js';
import { nextStep, type Step, withoutRefusal, withRefusal } from '../proposal/index.js';
import { accountIfAsked, begin, type Ending, isEnding, knownRequest, type Pass } from './begin.js';
import { deleteHead, pushProposal } from './branch.js';
import { lossesOf, writeMemory } from './memory.js';
import { situationOf, wantedOf } from './observe.js';
import { createRequest, finishRequest, proposed, tellEdited, updateRequest } from './requests.js';
import type { Proposer, Reviewable, ReviewEvent, ReviewOutcome } from './review.js';

/** More steps than any situation takes. */
const mostSteps = 20;

/** Brings branch and request to what is wanted, one step after the other; each may be the last, and the next pass goes on. */
export async function proposeChange(proposer: Proposer, reviewable: Reviewable): Promise<ReviewOutcome> {
  let pass = await begin(proposer, reviewable);
  let account: string | undefined;
  for (let count = 0; count < mostSteps; count += 1) {
    account ??= await accountIfAsked(pass);
    const step = nextStep(situationOf(proposer, reviewable, { ...pass, account }));
    if (isEnding(step)) return end(pass, step);
    pass = await take(pass, step);
  }
  throw new TypeError('the proposal comes to no end');
}

async function end(pass: Pass, step: Ending): Promise<ReviewOutcome> {
  const { observed, wanted, events } = pass;
  const request = step.do === 'nothing' ? undefined : knownRequest(observed, step.request?.number);
  const told = await tellIfEdited(pass, step, request);
  return {
    state: stateOf(step),
    ...(request && { request: proposed(request) }),
    ...(observed.head && { commit: observed.head.commit }),
    digest: wanted.digest,
    withheld: wanted.withheld,
    events: [...events, ...told],
  };
}

function stateOf(step: Ending): ReviewOutcome['state'] {
  if (step.do === 'nothing') return 'None';
  return step.do === 'keep' ? 'Open' : step.reason;
}

async function tellIfEdited(
  { proposer, observed: { head } }: Pass,
  step: Ending,
  request: ForgeRequest | undefined,
): Promise<readonly ReviewEvent[]> {
  if (stateOf(step) !== 'ProposalEdited' || request === undefined || head === undefined) return [];
  const isNew = await tellEdited(proposer, request.number, head.commit);
  return isNew ? [{ type: 'Edited', request: proposed(request) }] : [];
}

type Work = Exclude<Step, Ending>;

async function take(pass: Pass, step: Work): Promise<Pass> {
  switch (step.do) {
    case 'remember':
    case 'forget':
      return remembering(pass, step);
    case 'push':
    case 'deleteHead':
      return moving(pass, step);
    default:
      return requesting(pass, step);
  }
}

async function remembering(pass: Pass, step: Extract<Work, { do: 'remember' | 'forget' }>): Promise<Pass> {
  const { proposer, reviewable, observed, events } = pass;
  const { memory, head, found } = observed;
  const { refusals } = memory;
  let next = step.do === 'forget' && step.digest !== undefined ? withoutRefusal(refusals, step.digest) : [];
  let event: readonly ReviewEvent[] = [];
  if (step.do === 'remember') {
    const losses = await lossesOf(proposer, head?.commit ?? step.request.headCommit);
    next = withRefusal(refusals, step.digest, losses);
    event = found.closed === undefined ? [] : [{ type: 'Declined', request: proposed(found.closed) }];
  }
  const written = await writeMemory(proposer, memory, next);
  const wanted = await wantedOf(proposer, reviewable, written);
  return { ...pass, wanted, observed: { ...observed, memory: written }, events: [...events, ...event] };
}

async function moving(pass: Pass, step: Extract<Work, { do: 'push' | 'deleteHead' }>): Promise<Pass> {
  const { proposer, reviewable, wanted, observed, events } = pass;
  const { found } = observed;
  if (step.do === 'deleteHead') {
    await deleteHead(proposer, step.commit);
    const merged: readonly ReviewEvent[] =
      found.closed?.state === 'merged' ? [{ type: 'Merged', request: proposed(found.closed) }] : [];
    return { ...pass, observed: { ...observed, head: undefined }, events: [...events, ...merged] };
  }
  const head = await pushProposal(proposer, reviewable.base, wanted, step);
  return { ...pass, observed: { ...observed, head }, events: [...events, { type: 'Pushed', commit: head.commit }] };
}

async function requesting(
  pass: Pass,
  step: Exclude<Work, { do: 'remember' | 'forget' | 'push' | 'deleteHead' }>,
): Promise<Pass> {
  const { proposer, reviewable, wanted, observed, events } = pass;
  const { found } = observed;
  const base = reviewable.base.commit;
  const after = (next: FoundRequests, ...more: readonly ReviewEvent[]): Pass => ({
    ...pass,
    observed: { ...observed, found: next },
    events: [...events, ...more],
  });
  switch (step.do) {
    case 'create': {
      const made = await createRequest(proposer, wanted, base, step);
      const opened = made.open.map((request): ReviewEvent => ({ type: 'Opened', request: proposed(request) }));
      return after({ open: made.open, closed: made.closed ?? found.closed }, ...opened.slice(0, 1));
    }
    case 'reopen': {
      const isOpen = await proposer.forge.reopen(step.request.number);
      if (!isOpen)
        return after(await createRequest(proposer, wanted, base, { do: 'create', declined: step.request.number }));
      return after(await proposer.forge.find(proposer.branch));
    }
    case 'update': {
      const request = openOne(found, step.request.number);
      const updated = await updateRequest(proposer, { wanted, base, request }, step);
      const open = found.open.map((one) => (one.number === updated.number ? updated : one));
      return after({ ...found, open }, { type: 'Updated', request: proposed(updated) });
    }
    case 'finish': {
      const request = openOne(found, step.request.number);
      await finishRequest(proposer, { wanted, base, request });
      return after(await proposer.forge.find(proposer.branch), { type: 'Emptied', request: proposed(request) });
    }
    case 'closeDuplicate': {
      const { number } = step.request;
      await proposer.forge.close(number);
      await proposer.forge.comment(number, `Closed: number ${step.kept.number} proposes the same branch.`);
      return after({ ...found, open: found.open.filter((one) => one.number !== number) });
    }
  }
}

/** The request that a step is about, which was decided from these. */
function openOne({ open }: FoundRequests, number: number): ForgeRequest {
  const found = open.find((one) => one.number === number);
  if (found === undefined) throw new TypeError(`the open request ${number} was not found`);
  return found;
}
