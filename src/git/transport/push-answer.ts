import { archivedRepository, RetryableError, TerminalError } from '../../errors/index.js';
import { wordsOf } from '../words.js';
import type { PushOutcome } from '../repository/repository.js';

const lostRace =
  /cannot lock ref|failed to (?:lock|update ref)|incorrect old value|reference already exists|but expected|stale info|fetch first|non-fast-forward/i;

/** What `git push --porcelain` answered for the one ref; undefined when the remote did not get as far as that. */
export function readPushAnswer(stdout: string, stderr: string, description: string): PushOutcome | undefined {
  const line = stdout.split('\n').find((text) => /^[ +*=!-]\t/.test(text));
  if (line === undefined) return undefined;
  if (!line.startsWith('!')) return 'pushed';
  const summary = line.split('\t').slice(2).join(' ');
  if (/reference broken|bad object refs\//.test(`${summary}\n${stderr}`)) {
    throw new TerminalError('GitRepositoryCorrupt', `${description} is damaged on its server: ${wordsOf(stderr)}`, {
      hint: 'Look at it there with `git fsck`, and restore it from a backup or from a clone.',
    });
  }
  const said = `${summary}\n${stderr}`;
  const blocking = /'(refs\/heads\/[^']+)' exists; cannot create/.exec(said)?.[1];
  if (blocking !== undefined) {
    throw new TerminalError('ProposalBranchBlocked', `${description} has ${blocking}, below which no branch can be`, {
      hint: 'Delete or rename that branch, or set spec.git.proposalBranch to another name.',
    });
  }
  if (/queued for merging/i.test(said)) {
    throw new RetryableError(
      'ProposalQueued',
      `${description}: the pull request waits in a merge queue: ${wordsOf(stderr)}`,
    );
  }
  if (summary.startsWith('[rejected]') || lostRace.test(summary)) return 'rejected';
  if (/unpacker error|n\/a \(unpacker/i.test(summary)) return undefined;
  const remote = stderr.split('\n').filter((text) => text.startsWith('remote:'));
  const words = wordsOf([summary.replace(/^\[remote rejected\]\s*/, ''), ...remote].join('\n'));
  if (archivedRepository.when.test(words)) {
    throw new TerminalError(archivedRepository.code, `${description} is read-only: ${words}`, {
      hint: archivedRepository.hint,
    });
  }
  throw new TerminalError('PushDenied', `${description} does not take the push: ${words}`, {
    hint: 'Allow the token or key to push to this branch, or let Quayside open pull requests (`git.review`).',
  });
}
