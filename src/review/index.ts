export { refusalsRef } from './memory.js';
export { proposeChange } from './propose-change.js';
export type { ProposedRequest, Proposer, Reviewable, ReviewEvent, ReviewOutcome, ReviewRepository } from './review.js';
