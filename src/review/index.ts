export { refusalsRef } from './memory.js';
export { lookAtProposal } from './look.js';
export { proposeChange } from './propose-change.js';
export type {
  ProposedRequest,
  Proposer,
  Reviewable,
  ReviewEvent,
  ReviewLook,
  ReviewOutcome,
  ReviewRepository,
} from './review.js';
