import type { PlannedChange } from '../plan/index.js';
import type { Report } from '../policy/index.js';
import type { ChangeSet, OrganizationResult } from './change-set.js';

/** A report of a change in Quay, which is one of several in its organization. */
export interface QuayReport extends Report {
  /** The change in words: `create robot builder`. */
  readonly what: string;
}

/** What a run found and did, change by change, in the shape that the reports of all kinds of objects have. */
export function reportsOf({ organizations }: Pick<ChangeSet, 'organizations'>): readonly QuayReport[] {
  return organizations.flatMap((result) => [
    ...changesOf(result),
    ...(result.plan?.skipped ?? []).map(({ what, reason, message, action = 'change' }): QuayReport => ({
      ...about(result),
      what,
      action,
      outcome: 'Skipped',
      reason,
      message,
    })),
    ...deletionsOf(result),
  ]);
}

const about = ({ organization }: OrganizationResult): Pick<Report, 'object'> => ({
  object: `Organization ${organization}`,
});

function changesOf(result: OrganizationResult): readonly QuayReport[] {
  const { done, failed, notDone } = result;
  const of = ({ action, words }: PlannedChange): Omit<QuayReport, 'outcome'> => ({
    ...about(result),
    what: words,
    action,
  });
  const isPlanned = done.length + failed.length === 0;
  return [
    ...done.map((change): QuayReport => ({ ...of(change), outcome: 'Done' })),
    ...failed.map(({ change, failure }): QuayReport => ({
      ...of(change),
      outcome: 'Failed',
      reason: failure.code,
      message: failure.message,
    })),
    ...notDone.map((change): QuayReport => ({ ...of(change), outcome: isPlanned ? 'Planned' : 'Waiting' })),
  ];
}

/** Deletions that are not made, and why. */
function deletionsOf(result: OrganizationResult): readonly QuayReport[] {
  const { deletion, repositoryDeletions = {} } = result;
  const organization = deletion === undefined ? [] : [{ what: 'delete the organization', decision: deletion }];
  const repositories = Object.entries(repositoryDeletions).map(([name, decision]) => ({
    what: `delete repository ${name}`,
    decision,
  }));
  return [...organization, ...repositories].flatMap(({ what, decision: { outcome, reason, message } }): QuayReport[] =>
    outcome === 'Delete'
      ? []
      : [
          {
            ...about(result),
            what,
            action: 'delete',
            outcome: outcome === 'Wait' ? 'Waiting' : 'Skipped',
            reason,
            message,
          },
        ],
  );
}
