import { type Proposal } from '../pipeline/publish-reviewed.js';
import { oneLine } from '../text/index.js';

/** What waits for people, in a few lines; empty when nothing does. */
export function describeProposal({ outcome, fault, refused, difference }: Proposal): string {
  const lines: string[] = [];
  if (refused !== undefined)
    lines.push(`The branch does not take our pushes, so everything is proposed: ${refused.message}`);
  if (fault !== undefined) lines.push(`Not proposed: ${fault.message}`);
  if (outcome === undefined) {
    const { added, changed, removed } = difference;
    const count = added.length + changed.length + removed.length;
    if (fault === undefined && count > 0) lines.push(`To be reviewed: ${count} ${count === 1 ? 'file' : 'files'}`);
  } else if (outcome.state !== 'None') {
    lines.push(`${words[outcome.state]}${outcome.request === undefined ? '' : `: ${outcome.request.url}`}`);
  }
  const withheld = outcome?.withheld ?? [];
  if (withheld.length > 0) lines.push(`Stays out, since people refused it: ${withheld.join(', ')}`);
  return lines.map(oneLine).join('\n');
}

const words = {
  Open: 'Proposed',
  ProposalDeclined: 'Refused; it is not proposed again (quayside propose --again does)',
  ProposalEdited: 'Somebody else has a commit on the branch of the proposal, and nothing is pushed over it',
  ProposalForeign: 'Somebody else has a pull request from the branch of the proposal',
} as const;
