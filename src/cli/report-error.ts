import { styleText } from 'node:util';
import { describeError, QuaysideError, systemFault, TerminalError } from '../errors/index.js';

/** One error on stderr: its code, what happened, what to do next. A stack only for what nobody foresaw. */
export function reportError(thrown: unknown): void {
  const error = inWords(thrown);
  const known = error instanceof QuaysideError;
  const label = styleText('red', known ? `error (${error.code}):` : 'error:', { stream: process.stderr });
  process.stderr.write(`${label} ${describeError(error)}\n`);
  if (!known && !isOfSystem(error) && error instanceof Error && error.stack !== undefined)
    process.stderr.write(`${error.stack}\n`);
}

function inWords(thrown: unknown): unknown {
  const fault = systemFault(thrown);
  return fault === undefined ? thrown : new TerminalError(fault.code, fault.message, { hint: fault.hint });
}

/** A path that is no folder, an address in use: the message says it all. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
