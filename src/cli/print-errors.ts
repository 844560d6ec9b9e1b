import { type ApplyResult } from '../app/apply.js';
import { type Problem } from '../errors/index.js';
import { tell } from './print.js';

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

interface Trouble {
  readonly problems: readonly Problem[];
  /** Inputs that could not be read. */
  readonly unknown: readonly string[];
  readonly diverged?: Failure;
}

/** Prints problems on stderr, and sets the exit code 1 when there are any. */
export async function printProblems({ problems, unknown, diverged }: Trouble): Promise<void> {
  const { describeProblems } = await import('../app/describe.js');
  for (const input of unknown)
    tell(`${input}; documents only grow until it can be read\n`, { colour: 'yellow', word: 'unknown:' });
  if (problems.length > 0) tell(`\n${describeProblems(problems)}\n`, { colour: 'red', word: 'problems:' });
  if (diverged !== undefined) printFailure(diverged, 'To agree, run with --accept-history.');
  if (problems.length > 0 || diverged !== undefined) process.exitCode = 1;
}

/** Prints an error that is plain data. */
export function printFailure({ code, message, hint }: Failure, more = ''): void {
  const next = [hint ?? '', more].filter((part) => part !== '').join(' ');
  tell(next === '' ? `${message}\n` : `${message}\n  ${next}\n`, { colour: 'red', word: `error (${code}):` });
}

/** Prints what was done when a part of the work failed, and how to continue. */
export function printUnfinished({ changeSet }: Pick<ApplyResult, 'changeSet'>, dryRun: boolean): void {
  const { totals, organizations, stopped } = changeSet;
  if (totals.failed + totals.unknown === 0) return;
  const failures = organizations.flatMap(({ failed, failure }) => [
    ...failed.map((each) => each.failure),
    ...(failure === undefined ? [] : [failure]),
  ]);
  const hints = new Set(failures.flatMap(({ hint }) => (hint === undefined || hint === stopped?.hint ? [] : [hint])));
  const text = dryRun
    ? `${totals.unknown} of ${organizations.length} organizations could not be read`
    : `${totals.done} of ${totals.planned} changes done, ${totals.failed} failed, ${totals.notDone} not done` +
      (totals.unknown === 0 ? '' : `; organizations that could not be read: ${totals.unknown}`);
  const next = dryRun ? [...hints] : [...hints, 'Then run apply again: it continues where it stopped.'];
  tell(`${[text, ...next].join('\n  ')}\n`, { colour: 'red', word: 'not finished:' });
}

/** Tells once where the record is, which people will see among their branches. */
export function tellRecordBranch(branch: string): void {
  const text = `the state repository takes only branches, so what was applied is recorded in the branch ${branch}`;
  tell(`${text}\n  Keep it: it says what Quayside made, and is not to be merged.\n`, {
    colour: 'yellow',
    word: 'note:',
  });
}

const lacking: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  SecretNotAllowed: [
    'documents name Secrets that do not allow it, # in all; what would use them is left alone',
    'The plan says which, and how to allow them.',
  ],
  FeatureDisabled: [
    'documents declare what this Quay does not offer, # in all; that is skipped',
    "The plan says what; switch it on in Quay's configuration, or take it out of the documents.",
  ],
  QuayRefused: [
    'documents declare values that this Quay does not take, # in all; they are skipped',
    'The plan says which, and what it takes.',
  ],
  NameReserved: [
    'documents declare names that are reserved, # in all; they are skipped',
    'The plan says which; take them out of the documents.',
  ],
};

/** Tells what is declared and will not be in Quay until somebody acts: each stands in the plan, with what to do. */
export function tellLacking({ organizations }: ApplyResult['changeSet']): void {
  const skipped = organizations.flatMap(({ plan }) => plan?.skipped ?? []);
  for (const [code, [message, hint]] of Object.entries(lacking)) {
    const count = skipped.filter(({ reason }) => reason === code).length;
    if (count > 0) printFailure({ code, message: message.replace('#', String(count)), hint });
  }
}
