import { type Declared, heldBack } from '../../pipeline/organization-pass.js';
import { formatProblem, type Problem } from '../../errors/index.js';
import { type Synced } from '../../sync/index.js';
import { type IntegrationReport } from '../status/integration-report.js';

/** What the status of the integration reports of a reconciliation. */
export function reportOf(
  { pass, problems }: Declared,
  { refused, reports }: Pick<Synced, 'refused' | 'reports'>,
): IntegrationReport {
  const { rendering } = pass?.rendered.organizations ?? {};
  const commit = pass?.git.commit;
  return {
    gitSync: undefined,
    reconciled: true,
    unknown: rendering?.unknown ?? [],
    problems: [...problems.filter(isOfAll), ...refused].map(formatProblem),
    objects: reports.filter(({ outcome }) => outcome !== 'Done'),
    reverted: heldBack({ pass }),
    lost: (rendering?.leftOut ?? []).flatMap(({ reason, namespace, message }) =>
      reason === 'Conflict' ? [`${namespace} ${message}`] : [],
    ),
    notReady: (rendering?.leftOut ?? []).flatMap(({ reason, namespace }) =>
      reason === 'NamespaceNotReady' ? [namespace] : [],
    ),
    ...(commit !== undefined && { published: commit }),
  };
}

/** Of more image streams than an organization takes, only that organization is told. */
function isOfAll(problem: Problem): boolean {
  return !('reason' in problem) || problem.reason !== 'LimitExceeded';
}

/** What ignore.yaml lists, and what it listed `before` that still counts. */
export function ignoredIn(
  { pass }: Pick<Declared, 'pass'>,
  before: IntegrationReport['ignored'],
): IntegrationReport['ignored'] {
  const now = pass?.rendered.organizations.files.ignore;
  const both = (list: 'namespaces' | 'organizations'): string[] => [
    ...new Set([...(now?.[list] ?? []), ...(before?.[list] ?? [])]),
  ];
  const [namespaces, organizations] = [both('namespaces'), both('organizations')];
  return namespaces.length + organizations.length === 0 ? undefined : { namespaces, organizations };
}
