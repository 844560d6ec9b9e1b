import { type ChangeSet, type OrganizationResult } from '../converge/index.js';
import { type LeftOut } from '../desired/index.js';
import { formatProblem, type Problem } from '../errors/index.js';
import {
  describePlan,
  describePlansInMarkdown,
  isLacking,
  type PlannedChange,
  several,
  summarize,
} from '../plan/index.js';
import { type Published } from '../publish/index.js';
import { oneLine } from '../text/index.js';
import { type ApplyResult } from './apply.js';
import { describeUncertain, ownershipSections } from './describe-ownership.js';
import { describeRemovals, knownFrom } from './removals-unknown.js';
import { shorten } from './shorten.js';

export { reportsOf } from '../converge/index.js';

/** The files that a commit changes, and those that it leaves as they are. */
export function describeGit(git: Published): string {
  const { added, changed, removed, commit, kept } = git;
  const left = kept.map(({ path, message }) => `  = ${path}: ${message}`);
  if (added.length + changed.length + removed.length === 0)
    return ['Git: nothing to commit.', ...left].map(oneLine).join('\n');
  const counts = `${added.length} added, ${changed.length} changed, ${removed.length} removed`;
  const files = [
    ...added.map((path) => `  + ${path}`),
    ...changed.map((path) => `  ~ ${path}`),
    ...removed.map((path) => `  - ${path}`),
  ];
  const title = `Git: ${counts}${commit === undefined ? '' : `, commit ${commit.slice(0, 12)}`}`;
  return [title, ...shorten(files), ...left].map(oneLine).join('\n');
}

/** Which commit was applied last, as far as an apply recorded it. */
export function describeApplied({ git, appliedCommit }: Pick<ApplyResult, 'git' | 'appliedCommit'>): string {
  if (git === undefined || appliedCommit === undefined) return '';
  const newest = git.commit ?? git.base;
  const short = (commit: string): string => commit.slice(0, 12);
  const more = newest === undefined || newest === appliedCommit ? '' : `; the branch is at ${short(newest)}`;
  return `Applied: commit ${short(appliedCommit)}${more}`;
}

/** Namespaces without a document, and why. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string {
  const widest = Math.max(...leftOut.map(({ namespace }) => namespace.length));
  return [
    `Skipped: ${several(leftOut.length, 'namespace')}`,
    ...shorten(leftOut.map(({ namespace, message }) => oneLine(`  ${namespace.padEnd(widest)}  ${message}`))),
  ].join('\n');
}

/** What stands between Quay and the documents, or what was done about it. */
export function describeChangeSet(changeSet: ChangeSet): string {
  return [
    ...changeSet.organizations.flatMap(describeOrganization),
    ...describeHeld(changeSet),
    ...describeUncertain(changeSet),
  ].join('\n');
}

/** Deletions wait for the one who runs the command to allow them. */
function describeHeld({ held }: ChangeSet): readonly string[] {
  return Object.entries(held ?? {}).map(([kind, { names }]) => {
    const what = several(names.length, kind === 'organizations' ? 'organization' : 'repository');
    return `Held: the deletion of ${what}; allow it with --max-deletions ${names.length}`;
  });
}

/** What stands between Quay and the documents as Markdown, for a pull request; what was left out or held with it. */
export function describeInMarkdown({
  changeSet,
  removalsUnknown,
  problems,
  unknown,
  leftOut,
  diverged,
}: ApplyResult): string {
  const faults = [
    ...unknown.map((input) => [`${input}; documents only grow until it can be read`] as const),
    ...(diverged === undefined ? [] : [[`${diverged.code}: ${diverged.message}`] as const]),
    ...problems.map((problem) => [formatProblem(problem)] as const),
  ];
  const refused = changeSet.organizations.flatMap(({ organization, reason, message = '', failure }) => [
    ...(reason === undefined ? [] : [[organization, `${reason}: ${message}`] as const]),
    ...(failure === undefined ? [] : [[organization, `${failure.code}: ${failure.message}`] as const]),
  ]);
  const held = Object.values(changeSet.held ?? {}).flatMap(({ names }) => names.map((name) => [name] as const));
  const leftOutNamespaces = leftOut.map(({ namespace, message }) => [namespace, message] as const);
  const plans = describePlansInMarkdown(
    changeSet.organizations.flatMap(({ plan }) => plan ?? []),
    {
      before: [
        { heading: 'Problems', lines: faults },
        { heading: 'Not done', lines: refused },
        { heading: 'Held deletions', lines: held },
        ...ownershipSections(changeSet),
      ],
      after: [{ heading: 'Skipped namespaces', lines: leftOutNamespaces }],
    },
  );
  return removalsUnknown === undefined ? plans : `${plans}\n> ${describeRemovals(removalsUnknown)} ${knownFrom}\n`;
}

/** One line for the whole result. */
export function summarizeResult({ changeSet }: ApplyResult, dryRun: boolean): string {
  const { totals } = changeSet;
  const trouble = troubleOf(changeSet, dryRun);
  const isQuiet = !dryRun && totals.done + totals.failed === 0 && totals.notDone > 0;
  const suspended = isQuiet ? ' Nothing was written: the integration is suspended.' : '';
  const plans = changeSet.organizations.flatMap(({ plan }) => plan ?? []);
  const done =
    dryRun || (totals.planned === 0 && totals.unknown === 0)
      ? summarize(plans)
      : `${totals.done} of ${totals.planned} changes done.`;
  return `${trouble === '' ? done : `${done} ${trouble}.`}${suspended}`;
}

function troubleOf({ totals, held, organizations }: ChangeSet, dryRun: boolean): string {
  const skipped = organizations.flatMap(({ plan }) => plan?.skipped ?? []);
  const refusedSecrets = skipped.filter(({ reason }) => reason === 'SecretNotAllowed').length;
  const impossible = skipped.filter(isLacking).length - refusedSecrets;
  const deletions = Object.values(held ?? {}).reduce((sum, { names }) => sum + names.length, 0);
  const counts: readonly (readonly [number, string])[] = [
    [totals.failed, `${totals.failed} failed`],
    [dryRun ? 0 : totals.notDone, `${totals.notDone} not done`],
    [totals.refused, `${several(totals.refused, 'organization')} refused`],
    [totals.unknown, `${several(totals.unknown, 'organization')} not read`],
    [refusedSecrets, `${several(refusedSecrets, 'use')} of a Secret refused`],
    [impossible, `${impossible} declared and not possible in this Quay`],
    [deletions, `${several(deletions, 'deletion')} held`],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([, text]) => text)
    .join(', ');
}

/** Faults in what people wrote, one a line. */
export function describeProblems(problems: readonly Problem[]): string {
  return problems.map((problem) => formatProblem(problem)).join('\n');
}

function describeOrganization(result: OrganizationResult): readonly string[] {
  const { organization, namespace, plan, reason, message, failure, deletion, repositoryDeletions } = result;
  const lines = [
    ...(reason === undefined ? [] : [`  ! ${reason}: ${message ?? ''}`]),
    ...(failure === undefined ? [] : [`  ! ${failure.code}: ${failure.message}`]),
    ...(plan === undefined ? [] : describePlan(plan, outcomesIn(result))),
    ...Object.entries(repositoryDeletions ?? {}).map(
      ([repository, { outcome, message: why }]) =>
        `  . repository ${repository}: ${outcome === 'Delete' ? 'deleted' : 'stays'}: ${why}`,
    ),
    ...(deletion === undefined || deletion.outcome === 'Delete'
      ? []
      : [
          `  . no longer declared, ${deletion.reason === 'DeletionHeld' ? 'held' : `stays in Quay: ${deletion.message}`}`,
        ]),
  ];
  if (lines.length === 0) return [];
  return [namespace === undefined ? organization : `${organization} (namespace ${namespace})`, ...lines].map(oneLine);
}

/** What came of each change, where anything was tried. */
function outcomesIn({ failed, notDone, done }: OrganizationResult): (change: PlannedChange) => string {
  const failures = new Map(failed.map(({ change, failure }) => [change, failure]));
  const waiting = new Set(done.length + failed.length === 0 ? [] : notDone);
  return (change) => {
    const failure = failures.get(change);
    if (failure !== undefined) return `  ! failed: ${failure.code}: ${failure.message}`;
    return waiting.has(change) ? '  (not done)' : '';
  };
}
