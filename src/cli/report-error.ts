import { CommanderError } from 'commander';
import { describeError, InvalidInput, QuaysideError, systemFault, TerminalError } from '../errors/index.js';
import { print, tell } from './print.js';

/** One error on stderr: its code, what happened, what to do next. A stack only for what nobody foresaw. */
export function reportError(thrown: unknown): void {
  const error = inWords(thrown);
  const known = error instanceof QuaysideError;
  tell(`${describeError(error)}\n`, { colour: 'red', word: known ? `error (${error.code}):` : 'error:' });
  if (!known && !isOfSystem(error) && error instanceof Error && error.stack !== undefined) tell(`${error.stack}\n`);
}

/** The same for a program: one JSON object on stdout, where the result would have been. */
export function printErrorAsJson(thrown: unknown): void {
  print(`${JSON.stringify({ error: asJson(inWords(thrown)) }, null, 2)}\n`);
}

function asJson(error: unknown): object {
  if (error instanceof CommanderError) {
    return { code: 'InvalidInput', message: error.message.replace(/^error: /, ''), retryable: false };
  }
  if (!(error instanceof QuaysideError)) {
    return { code: 'InternalFault', message: describeError(error), retryable: false };
  }
  const { code, hint, retryable } = error;
  const message = describeError(withoutHint(error));
  return { code, message, hint, retryable, ...(error instanceof InvalidInput && { problems: error.problems }) };
}

function withoutHint({ message, cause }: QuaysideError): Error {
  return new Error(message, cause === undefined ? undefined : { cause });
}

function inWords(thrown: unknown): unknown {
  const fault = systemFault(thrown);
  return fault === undefined ? thrown : new TerminalError(fault.code, fault.message, { hint: fault.hint });
}

/** A path that is no folder, an address in use: the message says it all. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
