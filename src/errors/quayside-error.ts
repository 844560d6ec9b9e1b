import { type Reason } from './reasons.js';

/** What every error of Quayside says beside its message. */
export interface ErrorDetails {
  /** What the reader should do next, as one sentence. */
  readonly hint?: string;
  /** The error underneath. */
  readonly cause?: unknown;
}

/** The root of the error family: a stable code, a message for a person, and by type whether a retry can help. */
export abstract class QuaysideError extends Error {
  abstract readonly retryable: boolean;
  readonly hint: string | undefined;

  constructor(
    readonly code: Reason,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
  }
}

/** Somebody has to change something first: trying again gives the same error. */
export class TerminalError extends QuaysideError {
  readonly retryable = false;
}

/** The other side will not have what it was given; it may well take something else. */
export class RefusedError extends TerminalError {}

/** Trying again later may work. */
export class RetryableError extends QuaysideError {
  readonly retryable = true;
  /** Seconds to wait first, where the other side said so. */
  readonly retryAfter: number | undefined;

  constructor(code: Reason, message: string, details: ErrorDetails & { readonly retryAfter?: number } = {}) {
    super(code, message, details);
    this.retryAfter = details.retryAfter;
  }
}
