import { RetryableError, TerminalError } from '../../errors/index.js';
import { textOf } from '../fields.js';
import { type Answer, type Call } from './call.js';

/** The error of an answer that is no success. */
export function failure(call: Call, { status, body, retryAfter }: Answer): RetryableError | TerminalError {
  const what = `${call.verb} ${call.resource}`;
  const said = textOf(body.message);
  if (status === 403) {
    return new TerminalError('ClusterAccessForbidden', said ?? `may not ${what}`, {
      hint: `Give this account the right to ${what}.`,
    });
  }
  const message = `cannot ${what}: the API server answered ${status}${said === undefined ? '' : `, ${said}`}`;
  const wait = retryAfter === undefined ? {} : { retryAfter };
  if (status === 409) return new RetryableError('Conflict', message, wait);
  return status === 429 || status >= 500
    ? new RetryableError('ClusterUnavailable', message, wait)
    : new TerminalError('ClusterAnswerUnexpected', message);
}

/** Whether the API server itself says that the object is not there; a proxy's 404 proves nothing. */
export function saysGone({ status, body }: Answer): boolean {
  return status === 404 && body.kind === 'Status' && body.reason === 'NotFound';
}

/** Whether the answer is a success. */
export function succeeded({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
