import { isLacking } from '../plan/index.js';
import { type ApplyResult } from './apply.js';

/** How an apply ended: something needs a person, changes are pending, or neither. */
export type Outcome = 'failed' | 'pending' | 'clean';

/** The outcome of an apply; `dryRun`: planned changes are pending, not missing. */
export function outcomeOf(result: ApplyResult, dryRun: boolean): Outcome {
  const { stopped, totals } = result.changeSet;
  const isInterrupted = !dryRun && totals.failed + totals.notDone > 0 && totals.done + totals.failed > 0;
  const faults = [...result.problems, result.diverged, result.inventoryError, result.proposal?.fault];
  const isFaulty = faults.some((fault) => fault !== undefined);
  if (stopped !== undefined || isRefused(result) || totals.unknown > 0 || isInterrupted || isFaulty) return 'failed';
  const waits = isWaiting(result) || (dryRun && isPending(result));
  return waits ? 'pending' : 'clean';
}

/** Whether something is proposed, or would be if people had not refused it. */
function isWaiting({ proposal }: ApplyResult): boolean {
  return proposal?.outcome !== undefined && proposal.outcome.state !== 'None';
}

/** Whether an organization is not ours to write, or a document declares what it cannot have. */
function isRefused({ changeSet }: ApplyResult): boolean {
  return changeSet.organizations.some(({ decision, reason, plan }) => {
    // Nothing is written into a namespace that is going, and that is as it should be.
    if (decision === 'Refused') return reason !== 'NamespaceGone';
    return plan?.skipped.some(isLacking) === true;
  });
}

function isPending({ git, changeSet }: ApplyResult): boolean {
  if (changeSet.held !== undefined) return true;
  const files = git === undefined ? 0 : git.added.length + git.changed.length + git.removed.length;
  return changeSet.totals.planned + files > 0;
}
