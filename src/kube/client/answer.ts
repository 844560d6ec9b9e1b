import { type QuaysideError, RefusedError, RetryableError, TerminalError } from '../../errors/index.js';
import { objectOrEmpty, textOf } from '../../json/index.js';
import { type Answer, type Call } from './call.js';
import { forbidden } from './forbidden.js';

/** The API server is there, and failed at this call: at an object that is too large for its store, for instance. */
export class CallFailed extends RetryableError {}

/** The error of an answer that is no success. */
export function failure(call: Call, answer: Answer): QuaysideError {
  const { status, body, retryAfter } = answer;
  const what = `${call.verb} ${call.resource}`;
  const said = textOf(body.message);
  if (namespaceGoes(answer)) return new TerminalError('NamespaceGone', said ?? 'the namespace is terminating or gone');
  const refusal = forbidden(call, answer);
  if (refusal !== undefined) return refusal;
  const message = `cannot ${what}: the API server answered ${status}${said === undefined ? '' : `, ${said}`}`;
  const wait = retryAfter === undefined ? {} : { retryAfter };
  if (status === 409) return new RetryableError('Conflict', message, wait);
  if (status === 500) return new CallFailed('ClusterUnavailable', message, wait);
  if (status === 429 || status > 500) return new RetryableError('ClusterUnavailable', message, wait);
  return new (refusals.has(status) ? RefusedError : TerminalError)('ClusterAnswerUnexpected', message);
}

/** The object does not fit its schema, or is too large. */
const refusals: ReadonlySet<number> = new Set([400, 413, 422]);

/** Whether a write came to nothing because its namespace is not there, or is being deleted. */
function namespaceGoes({ status, body }: Answer): boolean {
  const { kind, causes } = objectOrEmpty(body.details);
  if (status === 404) return body.reason === 'NotFound' && kind === 'namespaces';
  const list: readonly unknown[] = Array.isArray(causes) ? causes : [];
  return status === 403 && list.some((cause) => objectOrEmpty(cause).reason === 'NamespaceTerminating');
}

/** Whether the API server itself says that the object is not there; a proxy's 404 proves nothing. */
export function saysGone({ status, body }: Answer): boolean {
  return status === 404 && body.kind === 'Status' && body.reason === 'NotFound';
}

/** Whether the answer is a success. */
export function succeeded({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
