import { describeError, QuaysideError, toError } from '../../errors/index.js';

/** What was checked, and the result. */
export interface Check {
  /** A few words, the same every time. */
  readonly name: string;
  readonly outcome: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

export const ok = (name: string, message: string): Check => ({ name, outcome: 'ok', message });

export const skipped = (name: string, message: string): Check => ({ name, outcome: 'skipped', message });

export const warning = (name: string, message: string, hint?: string): Check => ({
  name,
  outcome: 'warning',
  message,
  ...(hint !== undefined && { hint }),
});

/** A check that an error put an end to. */
export function failed(name: string, thrown: unknown): Check {
  const hint = thrown instanceof QuaysideError ? thrown.hint : undefined;
  const message = hint === undefined ? describeError(thrown) : describeError(withoutHint(thrown));
  return { name, outcome: 'failed', message, ...(hint !== undefined && { hint }) };
}

function withoutHint(thrown: unknown): Error {
  const { message, cause } = toError(thrown);
  return new Error(message, cause === undefined ? undefined : { cause });
}
