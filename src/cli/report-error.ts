import { describeError, QuaysideError, systemFault, TerminalError } from '../errors/index.js';
import { tell } from './print.js';

/** One error on stderr: its code, what happened, what to do next. A stack only for what nobody foresaw. */
export function reportError(thrown: unknown): void {
  const error = inWords(thrown);
  const known = error instanceof QuaysideError;
  tell(`${describeError(error)}\n`, { colour: 'red', word: known ? `error (${error.code}):` : 'error:' });
  if (!known && !isOfSystem(error) && error instanceof Error && error.stack !== undefined) tell(`${error.stack}\n`);
}

function inWords(thrown: unknown): unknown {
  const fault = systemFault(thrown);
  return fault === undefined ? thrown : new TerminalError(fault.code, fault.message, { hint: fault.hint });
}

/** A path that is no folder, an address in use: the message says it all. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
