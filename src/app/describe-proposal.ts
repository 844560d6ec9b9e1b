import { type Proposal } from '../pipeline/publish-reviewed.js';
import { type ReviewLook, type ReviewOutcome } from '../review/index.js';
import { oneLine } from '../text/index.js';

/** What waits for people, in a few lines; empty when nothing does. */
export function describeProposal({ outcome, look, unseen, fault, refused, difference }: Proposal): string {
  const lines: string[] = [];
  if (refused !== undefined)
    lines.push(`The branch does not take our pushes, so everything is proposed: ${refused.message}`);
  if (fault !== undefined) lines.push(`Not proposed: ${fault.message}`);
  if (outcome === undefined && fault === undefined) lines.push(...waiting(difference, look));
  else if (outcome !== undefined) lines.push(...standing(outcome));
  if (unseen !== undefined) lines.push(`What is proposed is not known: ${unseen.message}`);
  const withheld = (outcome ?? look)?.withheld ?? [];
  if (withheld.length > 0) lines.push(`Stays out, since people refused it: ${withheld.join(', ')}`);
  return lines.map(oneLine).join('\n');
}

/** What a pass would bring to people, and how it stands with them now. */
function waiting({ added, changed, removed }: Proposal['difference'], look: ReviewLook | undefined): readonly string[] {
  const count = added.length + changed.length + removed.length;
  const isProposed = look?.state === 'Open' && look.isCurrent;
  const toCome = count === 0 || isProposed ? [] : [`To be reviewed: ${count} ${count === 1 ? 'file' : 'files'}`];
  if (look === undefined) return toCome;
  const isOutdated = look.state === 'Open' && !look.isCurrent;
  return [...toCome, ...standing(look).map((line) => (isOutdated ? `${line} (not yet with all of this)` : line))];
}

function standing({ state, request }: Pick<ReviewOutcome, 'state' | 'request'>): readonly string[] {
  return state === 'None' ? [] : [`${words[state]}${request === undefined ? '' : `: ${request.url}`}`];
}

const words = {
  Open: 'Proposed',
  ProposalDeclined: 'Refused; it is not proposed again (quayside propose --again does)',
  ProposalEdited: 'Somebody else has a commit on the branch of the proposal, and nothing is pushed over it',
  ProposalForeign: 'Somebody else has a pull request from the branch of the proposal',
} as const;
