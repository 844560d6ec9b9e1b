import { type Decision, type PatchOperation } from '../builds/index.js';
import { type Fields, isRecord, recordOf, textOf } from '../kube/fields.js';

/** The API group and version that is spoken. */
const apiVersion = 'admission.k8s.io/v1';

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
  let review: unknown;
  try {
    review = JSON.parse(body);
  } catch {
    // The parser's message would repeat what came.
    return { fault: body.trim() === '' ? 'the body is empty' : 'the body is not JSON' };
  }
  if (!isRecord(review) || review.kind !== 'AdmissionReview') return { fault: 'the body is no AdmissionReview' };
  if (review.apiVersion !== apiVersion) return { fault: `only ${apiVersion} is understood` };
  if (!isRecord(review.request)) return { fault: 'the AdmissionReview has no request' };
  const { uid, namespace, operation, object, subResource, dryRun } = review.request;
  if (typeof uid !== 'string' || uid === '') return { fault: 'the request has no uid' };
  return {
    request: {
      uid,
      namespace: textOf(namespace) ?? '',
      concerned: operation === 'CREATE' && isBuild(review.request) && textOf(subResource) === undefined,
      object,
      dryRun: dryRun === true,
    },
  };
}

function isBuild({ resource, namespace }: Fields): boolean {
  const { group, resource: plural } = recordOf(resource);
  return group === 'build.openshift.io' && plural === 'builds' && textOf(namespace) !== undefined;
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

function encoded(patch: readonly PatchOperation[]): string {
  return Buffer.from(JSON.stringify(patch)).toString('base64');
}
