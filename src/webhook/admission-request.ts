import { isRecord } from '../json/index.js';
import { costFault } from './json-cost.js';

/** The API group and version that is spoken. */
export const apiVersion = 'admission.k8s.io/v1';

/** The request of an AdmissionReview, every field of which is as short as Kubernetes has them. */
export interface AdmissionRequest {
  readonly uid: string;
  readonly namespace?: string;
  readonly operation: string;
  readonly resource: { readonly group?: string; readonly resource: string };
  readonly subResource?: string | null;
  readonly object?: unknown;
  readonly dryRun?: boolean | null;
}

type Check = (value: unknown) => boolean;

const text =
  (most: number, least = 0): Check =>
  (value) =>
    typeof value === 'string' && value.length >= least && value.length <= most;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const nullish =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);

const name = text(253);
const label = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?$/;

// What the API server itself allows; the object is looked at only when it is a Build. Plain functions, since every review comes
// by here: a schema took half as long as the parser.
const checks: readonly (readonly [keyof AdmissionRequest, Check])[] = [
  ['uid', text(128, 1)],
  ['namespace', optional((value) => typeof value === 'string' && label.test(value))],
  ['operation', text(32)],
  ['resource', (value) => isRecord(value) && optional(name)(value.group) && name(value.resource)],
  ['subResource', nullish(name)],
  ['dryRun', nullish((value) => typeof value === 'boolean')],
];

/** A request, or why it is none, in words. */
export type ReadRequest =
  { readonly request: AdmissionRequest } | { readonly request?: undefined; readonly fault: string };

/** Reads the body of a request. Nothing of it is repeated in a fault. */
export function readRequest(body: string): ReadRequest {
  const costly = costFault(body);
  if (costly !== undefined) return { fault: costly };
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { fault: body.trim() === '' ? 'the body is empty' : 'the body is not JSON' };
  }
  if (!isRecord(parsed) || parsed.kind !== 'AdmissionReview' || !name(parsed.apiVersion)) {
    return { fault: 'the body is no AdmissionReview' };
  }
  if (parsed.apiVersion !== apiVersion) return { fault: `only ${apiVersion} is understood` };
  return fieldsOf(parsed.request);
}

function fieldsOf(request: unknown): ReadRequest {
  if (!isRecord(request)) return { fault: 'the AdmissionReview has no request' };
  for (const [field, isValid] of checks) {
    if (isValid(request[field])) continue;
    return { fault: field === 'uid' ? 'the request has no uid' : `the request has no valid ${field}` };
  }
  // Its fields were checked one by one.
  return { request: request as unknown as AdmissionRequest };
}
