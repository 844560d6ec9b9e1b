import { QuaysideError } from './quayside-error.js';

/** Any thrown value as an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** An error for a person: its message, the messages underneath that add something, and the hint. */
export function describeError(thrown: unknown): string {
  const messages: string[] = [];
  for (let error: unknown = thrown; error !== undefined && messages.length < 5;) {
    const { message, cause } = toError(error);
    if (!messages.some((earlier) => earlier.includes(message))) messages.push(message);
    error = cause;
  }
  const text = messages.join(': ');
  const hint = thrown instanceof QuaysideError ? thrown.hint : undefined;
  return hint === undefined ? text : `${text}\n  ${hint}`;
}
