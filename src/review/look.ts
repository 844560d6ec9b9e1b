import { nextStep, type Step } from '../proposal/index.js';
import { accountIfAsked, begin, isEnding, knownRequest } from './begin.js';
import { situationOf } from './observe.js';
import { proposed } from './requests.js';
import type { Proposer, Reviewable, ReviewLook } from './review.js';

/** How the proposal stands now, and whether the next pass would leave it as it is. Nothing is written. */
export async function lookAtProposal(proposer: Proposer, reviewable: Reviewable): Promise<ReviewLook> {
  const pass = await begin(proposer, reviewable);
  const { observed, wanted } = pass;
  const situation = situationOf(proposer, reviewable, { ...pass, account: await accountIfAsked(pass) });
  const step = nextStep(situation);
  const [open] = situation.open.filter((one) => one.isOurs || one.marker !== undefined);
  const number = numberIn(step) ?? open?.number;
  const request = number === undefined ? undefined : knownRequest(observed, number);
  return {
    state: stateOf(step, open !== undefined),
    ...(request && { request: proposed(request) }),
    ...(observed.head && { commit: observed.head.commit }),
    digest: wanted.digest,
    withheld: wanted.withheld,
    isCurrent: isEnding(step),
  };
}

function numberIn(step: Step): number | undefined {
  return step.do === 'hold' || step.do === 'remember' ? step.request?.number : undefined;
}

function stateOf(step: Step, isOpen: boolean): ReviewLook['state'] {
  if (step.do === 'hold') return step.reason;
  // A request that was closed since the last pass, which has to be kept in mind yet.
  if (step.do === 'remember') return 'ProposalDeclined';
  return isOpen ? 'Open' : 'None';
}
