import { type Journey } from './travel.js';

/** How a journey ended: something needs a person, something is still to be done, or neither. */
export type Outcome = 'failed' | 'pending' | 'clean';

/** Judges a journey; `dryRun`: what is planned was not meant to be done. */
export function outcomeOf(journey: Journey, dryRun: boolean): Outcome {
  const { stopped, totals, organizations } = journey.changeSet;
  // Nothing is written into a namespace that is going, and that is as it should be.
  const refused = organizations.some(({ verdict, reason }) => verdict === 'Refused' && reason !== 'NamespaceGone');
  const isInterrupted = !dryRun && totals.failed + totals.notDone > 0 && totals.done + totals.failed > 0;
  const isFaulty = journey.problems.length > 0 || journey.diverged !== undefined || journey.unrecorded !== undefined;
  if (stopped !== undefined || refused || totals.unknown > 0 || isInterrupted || isFaulty) return 'failed';
  return dryRun && isPending(journey) ? 'pending' : 'clean';
}

function isPending({ git, changeSet }: Journey): boolean {
  if (changeSet.held !== undefined) return true;
  const files = git === undefined ? 0 : git.added.length + git.changed.length + git.removed.length;
  return changeSet.totals.planned + files > 0;
}
