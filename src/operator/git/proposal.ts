import { type Reason } from '../../api/index.js';
import { failureOf } from '../../converge/index.js';
import { RetryableError } from '../../errors/index.js';
import { type EventInput } from '../../kube/index.js';
import { type Proposal } from '../../pipeline/publish-reviewed.js';
import { type ReviewEvent } from '../../review/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type IntegrationReport } from '../status/integration-report.js';
import { webhookSilence } from '../status/webhook-silence.js';

/** What an integration reports of its review: what waits for people, and what there is to know of the forge. */
export async function reviewReport(
  { integration, review }: KnownIntegration,
  proposal: Proposal | undefined,
  before: IntegrationReport,
): Promise<Pick<IntegrationReport, 'proposal' | 'tokenExpires' | 'silence'>> {
  return {
    proposal: proposalReport(proposal),
    tokenExpires: await review?.tokenExpires(),
    silence: webhookSilence(integration, proposal?.outcome, before.silence, Date.now()),
  };
}

/** Undefined where nothing waits for people. */
function proposalReport(proposal: Proposal | undefined): IntegrationReport['proposal'] {
  if (proposal === undefined) return undefined;
  const { outcome, fault, refused } = proposal;
  if (fault === undefined && refused === undefined && outcome?.state === 'None' && outcome.withheld.length === 0) {
    return undefined;
  }
  return {
    ...(outcome && { outcome }),
    ...(fault && { fault: failureOf(fault) }),
    ...(refused && { refused: refused.message }),
  };
}

const usually = 60_000;

/** Milliseconds until the forge is to be asked again after a fault that may pass. */
export function dueOf(proposal: Proposal | undefined): number | undefined {
  const { fault } = proposal ?? {};
  if (!(fault instanceof RetryableError)) return undefined;
  return fault.retryAfter === undefined ? usually : fault.retryAfter * 1_000;
}

const told: Readonly<Partial<Record<ReviewEvent['type'], readonly [Reason, string]>>> = {
  Opened: ['ProposalOpen', 'opened pull request'],
  Reopened: ['ProposalOpen', 'opened again pull request'],
  Merged: ['ProposalMerged', 'was merged: pull request'],
  Declined: ['ProposalDeclined', 'was closed without being merged: pull request'],
  Edited: ['ProposalEdited', 'has a commit of somebody else: pull request'],
};

/** Events on what became of a request, and its metrics. */
export function tellProposal(
  { recordEvent, metrics }: Pick<Operator, 'recordEvent' | 'metrics'>,
  known: KnownIntegration,
  proposal: Pick<Proposal, 'outcome'> | undefined,
): void {
  const { review, integration } = known;
  const { name } = integration.metadata;
  const left = review?.callsLeft();
  if (left !== undefined) metrics.forgeCallsLeft.set({ integration: name }, left);
  const { outcome } = proposal ?? {};
  if (outcome === undefined) return;
  for (const event of outcome.events) for (const input of eventsOf(known, event)) recordEvent(input);
  const since = outcome.state === 'Open' ? (outcome.request?.createdAt ?? 0) / 1_000 : 0;
  metrics.proposalOpenedTimestampSeconds.set({ integration: name }, since);
}

function eventsOf({ integration, type }: KnownIntegration, event: ReviewEvent): readonly EventInput[] {
  const [reason, words] = told[event.type] ?? [];
  if (reason === undefined || event.type === 'Pushed') return [];
  const { name, uid } = integration.metadata;
  const isNo = reason === 'ProposalDeclined' || reason === 'ProposalEdited';
  return [
    {
      regarding: { apiVersion: type.apiVersion, kind: type.kind, name, ...(uid !== undefined && { uid }) },
      type: isNo ? 'Warning' : 'Normal',
      reason,
      action: 'Propose',
      note: `${words} ${event.request.number} (${event.request.url})`,
    },
  ];
}
