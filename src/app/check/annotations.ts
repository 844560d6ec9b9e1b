import { createHash } from 'node:crypto';
import { formatProblem, type Problem } from '../../errors/index.js';
import { oneLine } from '../../text/index.js';

export const annotationFormats = ['github', 'gitlab'] as const;
export type AnnotationFormat = (typeof annotationFormats)[number];

/** Workflow commands of GitHub and Gitea Actions, one a line: other people's words stay words in them. */
export function githubAnnotations(problems: readonly Problem[]): string {
  return problems.map((problem) => `${command(problem)}\n`).join('');
}

/** The same for inputs that could not be read: no fault, and less is known than it looks. */
export function githubWarnings(unknown: readonly string[]): string {
  return unknown
    .map((input) => `::warning title=Quayside::${data(input)}; documents only grow until it can be read\n`)
    .join('');
}

function command(problem: Problem): string {
  const { source, line = 1, column } = problem;
  const place = source === undefined ? [] : [`file=${property(source)}`, `line=${line}`];
  const inLine = source === undefined || column === undefined ? [] : [`col=${column}`];
  return `::error ${[...place, ...inLine, 'title=Quayside'].join(',')}::${data(wordsOf(problem))}`;
}

function data(text: string): string {
  return oneLine(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A text around which GitHub takes nothing for a command, however it reads; `token` is known to nobody else. */
export function withoutCommands(text: string, token: string): string {
  return `::stop-commands::${token}\n${text}::${token}::\n`;
}

/** A report of GitLab's code quality; what belongs to no file stands at the one that is named. */
export function gitlabAnnotations(problems: readonly Problem[], otherwise: string): string {
  const seen = new Map<string, number>();
  const report = problems.map((problem) => {
    const { source = otherwise, line = 1 } = problem;
    const description = wordsOf(problem);
    const key = `${source}\0${description}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    // Not by the line: the same fault further down is the same fault.
    const fingerprint = createHash('sha256').update(`${key}\0${before}`).digest('hex');
    const location = { path: oneLine(source), lines: { begin: line } };
    return { description, check_name: 'quayside', fingerprint, severity: 'critical', location };
  });
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The problem without its place. */
function wordsOf({ source, line: _line, column: _column, namespace, ...problem }: Problem): string {
  return formatProblem({ ...problem, ...(source === undefined && namespace !== undefined && { namespace }) });
}
