import { type Decision, type Denied, type Unchanged } from '../builds/index.js';
import { type Fields } from '../kube/fields.js';
import { type AdmissionRequest, apiVersion, readRequest } from './admission-request.js';

/** What the API server asks about. */
export interface ReviewRequest {
  readonly uid: string;
  readonly namespace: string;
  /** Whether it is a Build that is being created; nothing else is any of our business. */
  readonly concerned: boolean;
  readonly object: unknown;
}

/** A request, or why it is none, in words. */
export type ReadReview = { readonly request: ReviewRequest } | { readonly request?: undefined; readonly fault: string };

/** Reads the body of a request. */
export function readReview(body: string): ReadReview {
  const read = readRequest(body);
  if (read.request === undefined) return read;
  const { uid, namespace = '', object } = read.request;
  return { request: { uid, namespace, object, concerned: isBuildCreated(read.request) } };
}

function isBuildCreated({ namespace = '', operation, resource, subResource }: AdmissionRequest): boolean {
  const { group, resource: plural } = resource;
  const whole = subResource === undefined || subResource === null || subResource === '';
  return operation === 'CREATE' && group === 'build.openshift.io' && plural === 'builds' && whole && namespace !== '';
}

// What is the same in every rewrite is put together once: this is the way that nearly all reviews go.
const head = `{"apiVersion":"${apiVersion}","kind":"AdmissionReview","response":{"uid":`;
const rewrittenTail = '","auditAnnotations":{"decision":"Rewritten"}}}';

/** The body of the answer. */
export function answerFor(uid: string, decision: Decision): string {
  if (decision.decision === 'Rewritten') {
    const patch = Buffer.from(JSON.stringify(decision.patch)).toString('base64');
    return `${head}${JSON.stringify(uid)},"allowed":true,"patchType":"JSONPatch","patch":"${patch}${rewrittenTail}`;
  }
  const auditAnnotations = { decision: decision.decision, reason: decision.reason };
  const response = { uid, ...responseFor(decision), auditAnnotations };
  return JSON.stringify({ apiVersion, kind: 'AdmissionReview', response });
}

function responseFor(decision: Unchanged | Denied): Fields {
  if (decision.decision === 'Denied') return { allowed: false, status: statusFor(decision) };
  return { allowed: true, ...(decision.warning !== undefined && { warnings: [decision.warning] }) };
}

/**
 * OpenShift's triggers give up for good on what is forbidden or a bad request, and try again on what is unavailable: so
 * that is what a Build is called whose time has only not come yet.
 */
function statusFor({ message, retry }: Denied): Fields {
  return retry
    ? { status: 'Failure', code: 503, reason: 'ServiceUnavailable', message }
    : { status: 'Failure', code: 403, reason: 'Forbidden', message };
}
