import { type Journey } from './apply.js';

/** How a journey ended: something needs a person, something is still to be done, or neither. */
export type Outcome = 'failed' | 'pending' | 'clean';

/** Judges a journey; `dryRun`: what is planned was not meant to be done. */
export function outcomeOf(journey: Journey, dryRun: boolean): Outcome {
  const { stopped, totals } = journey.changeSet;
  const isInterrupted = !dryRun && totals.failed + totals.notDone > 0 && totals.done + totals.failed > 0;
  const isFaulty = journey.problems.length > 0 || journey.diverged !== undefined || journey.unrecorded !== undefined;
  if (stopped !== undefined || isRefused(journey) || totals.unknown > 0 || isInterrupted || isFaulty) return 'failed';
  return dryRun && isPending(journey) ? 'pending' : 'clean';
}

/** Whether an organization is not ours to write, or a document may not have a Secret that it names. */
function isRefused({ changeSet }: Journey): boolean {
  return changeSet.organizations.some(({ verdict, reason, plan }) => {
    // Nothing is written into a namespace that is going, and that is as it should be.
    if (verdict === 'Refused') return reason !== 'NamespaceGone';
    return plan?.skipped.some((one) => one.reason === 'SecretNotAllowed') === true;
  });
}

function isPending({ git, changeSet }: Journey): boolean {
  if (changeSet.held !== undefined) return true;
  const files = git === undefined ? 0 : git.added.length + git.changed.length + git.removed.length;
  return changeSet.totals.planned + files > 0;
}
