import { type Decision } from '../builds/index.js';
import { type PatchStep } from '../json/index.js';
import { type AdmissionRequest, apiVersion, readRequest } from './admission-request.js';

/** What the API server asks about. */
export interface ReviewRequest {
  readonly uid: string;
  readonly namespace: string;
  /** Whether it is a Build that is being created; nothing else is any of our business. */
  readonly concerned: boolean;
  readonly object: unknown;
  /** Nothing will come of it. */
  readonly dryRun: boolean;
}

/** A request, or why it is none, in words. */
export type ReadReview = { readonly request: ReviewRequest } | { readonly request?: undefined; readonly fault: string };

/** Reads the body of a request. */
export function readReview(body: string): ReadReview {
  const read = readRequest(body);
  if (read.request === undefined) return read;
  const { uid, namespace = '', object, dryRun } = read.request;
  return { request: { uid, namespace, object, dryRun: dryRun === true, concerned: isBuildCreated(read.request) } };
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
    return `${head}${JSON.stringify(uid)},"allowed":true,"patchType":"JSONPatch","patch":"${encoded(decision.patch)}${rewrittenTail}`;
  }
  const { reason, warning, patch } = decision;
  const response = {
    uid,
    // Never anything else: OpenShift's triggers are used up before the Build is created, so a Build denied is a Build lost.
    allowed: true,
    ...(warning !== undefined && { warnings: [warning] }),
    ...(patch !== undefined && { patchType: 'JSONPatch', patch: encoded(patch) }),
    auditAnnotations: { decision: decision.decision, reason },
  };
  return JSON.stringify({ apiVersion, kind: 'AdmissionReview', response });
}

function encoded(patch: readonly PatchStep[]): string {
  return Buffer.from(JSON.stringify(patch)).toString('base64');
}
