import { createHash } from 'node:crypto';
import { formatProblem, type Problem } from '../errors/index.js';
import { oneLine } from '../text/index.js';

/** Whose checks of a pull request the faults are shown in. */
export type AnnotationFormat = 'github' | 'gitlab';

/** Faults as lines that GitHub's runner shows beside the files, or as GitLab's report of code quality. */
export function annotationsOf(problems: readonly Problem[], format: AnnotationFormat): string {
  return format === 'github' ? problems.map(githubLine).join('\n') : JSON.stringify(problems.map(gitlabEntry), null, 2);
}

function githubLine(problem: Problem): string {
  const { source, line, column } = problem;
  const place = Object.entries({ file: source, line, col: column }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${property(String(value))}`],
  );
  return `::error ${place.join(',')}::${escaped(oneLine(wordsOf(problem)))}`;
}

/** What is said of a fault beside its place. */
function wordsOf({ source: _source, line: _line, column: _column, ...problem }: Problem): string {
  return formatProblem(problem);
}

/** A percent sign or a line break would end the message, or begin another command. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function gitlabEntry(problem: Problem): object {
  const description = oneLine(wordsOf(problem));
  const { source = 'cluster', line = 1 } = problem;
  const fingerprint = createHash('sha256').update(`${source}\0${description}`).digest('hex').slice(0, 32);
  const location = { path: source, lines: { begin: line } };
  return { description, check_name: 'quayside', fingerprint, severity: 'critical', location };
}
