import { QuaysideError, type Reason, RetryableError, toError } from '../errors/index.js';

/** An error as plain data, for a condition, a log line or JSON. */
export interface Failure {
  readonly code: Reason;
  readonly message: string;
  readonly hint?: string;
  readonly retryable: boolean;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** An error of the family as plain data; any other one is a fault of our own, and is thrown on. */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof QuaysideError)) throw toError(thrown);
  const { code, message, hint, retryable } = thrown;
  const retryAfter = thrown instanceof RetryableError ? thrown.retryAfter : undefined;
  return {
    code,
    message,
    retryable,
    ...(hint === undefined ? {} : { hint }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

/** The same for what has to be told whatever it is; an error of somebody else is not repeated, since it may hold a secret. */
export function anyFailureOf(thrown: unknown): Failure {
  if (thrown instanceof QuaysideError) return failureOf(thrown);
  const message = `Quayside met a fault of its own (${toError(thrown).name})`;
  return { code: 'InternalFault', message, hint: 'Report it with what the log says of it.', retryable: true };
}

const registryWide: ReadonlySet<Reason> = new Set([
  'TokenRejected',
  'TLSVerificationFailed',
  'InvalidHostname',
  'QuayUnreachable',
]);

/** What the connection as a whole meets, although it may show with one organization first. */
const ofConnection: ReadonlySet<Reason> = new Set([...registryWide, 'QuayUnavailable', 'RateLimited', 'ScopeMissing']);

/** Whether a reason is about the connection, rather than about the organization that it showed with. */
export function concernsConnection(reason: Reason): boolean {
  return ofConnection.has(reason);
}

/** Whether every other organization would meet the same error. */
export function stopsEverything(failure: Failure): boolean {
  return registryWide.has(failure.code);
}
