import { QuaysideError, RetryableError } from '../errors/index.js';

/** There is an open request already: another writer, or an earlier call of ours whose answer was lost. */
export function proposalExists(host: string, words: string): RetryableError {
  return new RetryableError('ProposalExists', `${host} has a pull request from this branch already: ${words}`);
}

/** Right after a push a forge may not have seen the branch. */
export function proposalUnseen(host: string, words: string): RetryableError {
  return new RetryableError('ProposalUnseen', `${host} does not see the branch of the proposal yet: ${words}`);
}

/** Whether a request is to be looked for again. */
export function isExisting(error: unknown): boolean {
  return error instanceof QuaysideError && error.code === 'ProposalExists';
}

export function isUnseen(error: unknown): boolean {
  return error instanceof QuaysideError && error.code === 'ProposalUnseen';
}
