import { type QuayIntegrationStatus } from '../../api/index.js';
import { proposeAgainAnnotation } from '../../api/index.js';
import { type NewCondition } from './conditions.js';
import { type IntegrationReport } from './integration-report.js';

/** What waits for people, for who reads the status. */
export function proposalStatus({
  proposal,
}: IntegrationReport): Pick<QuayIntegrationStatus, 'pullRequest' | 'proposal'> {
  const { outcome } = proposal ?? {};
  if (outcome === undefined) return {};
  const { state, request, digest, withheld } = outcome;
  return {
    ...(state === 'Open' && request && { pullRequest: request.url }),
    proposal: {
      state,
      ...(request && { number: request.number, since: new Date(request.createdAt).toISOString() }),
      ...(digest !== undefined && { digest }),
      ...(withheld.length > 0 && { withheld: [...withheld] }),
    },
  };
}

const again = `To propose it again, set the annotation ${proposeAgainAnnotation} of the integration to true`;

/** `Proposed` only while something is to be reviewed; `PushRefused` while everything is, since the branch takes no push of ours. */
export function proposalConditions({ proposal }: IntegrationReport): readonly NewCondition[] {
  if (proposal === undefined) return [];
  const { outcome, fault, refused } = proposal;
  const whole: NewCondition[] =
    refused === undefined ? [] : [{ type: 'PushRefused', status: 'True', reason: 'PushDenied', message: refused }];
  if (fault !== undefined) {
    const message = fault.hint === undefined ? fault.message : `${fault.message}. ${fault.hint}`;
    return [...whole, { type: 'Proposed', status: 'False', reason: fault.code, message }];
  }
  if (outcome === undefined) return whole;
  return [...whole, ...conditionOf(outcome)];
}

type Outcome = NonNullable<NonNullable<IntegrationReport['proposal']>['outcome']>;

function conditionOf({ state, request, withheld }: Outcome): readonly NewCondition[] {
  const at = request === undefined ? '' : `pull request ${request.number}: ${request.url}`;
  const out = withheld.length === 0 ? '' : `; refused before, and not in it: ${withheld.slice(0, 20).join(', ')}`;
  const condition = (
    status: NewCondition['status'],
    reason: NewCondition['reason'],
    message: string,
  ): NewCondition[] => [{ type: 'Proposed', status, reason, message }];
  switch (state) {
    case 'None':
      return [];
    case 'Open':
      return condition('True', 'ProposalOpen', `${at}${out}`);
    case 'ProposalDeclined':
      return condition('False', state, `people closed ${at || 'it'}${out}. ${again}`);
    case 'ProposalEdited':
      return condition(
        'False',
        state,
        `somebody else has a commit on the branch (${at || 'no pull request'}). Merge it or delete the branch. ${again}`,
      );
    case 'ProposalForeign':
      return condition(
        'False',
        state,
        `somebody else has ${at} from the branch of the proposal. Close it, or name another branch in spec.git.proposalBranch`,
      );
  }
}
