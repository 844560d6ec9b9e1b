import { oneLine } from '../text/index.js';
import { TerminalError } from './quayside-error.js';
import { type Reason } from './reasons.js';

/** One thing that is wrong in what somebody wrote. */
export interface Problem {
  /** The field, in the words of kubectl: `spec.robots[0].name`; empty for the whole input. */
  readonly path: string;
  readonly message: string;
  /** A better spelling, or the next thing to do. */
  readonly hint?: string;
  /** Whom it concerns. */
  readonly namespace?: string;
  /** The file, or what the input is called. */
  readonly source?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

/** `file:line:column: path: message (hint)` on one line, leaving out what is not known; without a file, the namespace. */
export function formatProblem(problem: Problem): string {
  const position = [problem.source, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const concerns =
    problem.namespace === undefined || problem.source !== undefined ? '' : `namespace ${problem.namespace}`;
  const text = [position, concerns, problem.path, problem.message].filter((part) => part !== '').join(': ');
  return oneLine(problem.hint === undefined ? text : `${text} (${problem.hint})`);
}

/** Input that a person has to correct, with every fault found in it. */
export class InvalidInput extends TerminalError {
  constructor(
    readonly problems: readonly Problem[],
    code: Reason = 'InvalidInput',
  ) {
    super(code, problems.map(formatProblem).join('\n'));
  }
}
