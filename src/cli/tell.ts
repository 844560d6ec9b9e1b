import { styleText } from 'node:util';
import { type Problem, type QuaysideError } from '../errors/index.js';

interface Trouble {
  readonly problems: readonly Problem[];
  /** Inputs that could not be read. */
  readonly unknown: readonly string[];
  readonly diverged?: QuaysideError;
}

/** Tells on stderr what somebody should mend, and makes the exit code 1 when there is any such thing. */
export async function tellProblems({ problems, unknown, diverged }: Trouble): Promise<void> {
  const { describeProblems } = await import('../app/words.js');
  for (const input of unknown)
    process.stderr.write(`${label('yellow', 'unknown:')} ${input}; documents only grow until it can be read\n`);
  if (problems.length > 0) process.stderr.write(`${label('red', 'problems:')}\n${describeProblems(problems)}\n`);
  if (diverged !== undefined)
    process.stderr.write(
      `${label('red', `error (${diverged.code}):`)} ${diverged.message}\n  ${diverged.hint ?? ''} Then use --accept-history.\n`,
    );
  if (problems.length > 0 || diverged !== undefined) process.exitCode = 1;
}

function label(colour: 'red' | 'yellow', text: string): string {
  return styleText(colour, text, { stream: process.stderr });
}
