import { z } from 'zod';
import { isRecord } from '../json/index.js';

/** The API group and version that is spoken. */
export const apiVersion = 'admission.k8s.io/v1';

const name = (most: number): z.ZodString => z.string().max(most);
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

// What the API server itself allows; the object is looked at only when it is a Build.
const requestSchema = z.object({
  uid: name(128).min(1),
  namespace: z.union([z.literal(''), z.string().max(63).regex(label)]).optional(),
  operation: name(32),
  resource: z.object({ group: name(253).optional(), resource: name(253) }),
  subResource: name(253).nullish(),
  object: z.unknown().optional(),
  dryRun: z.boolean().nullish(),
});

const reviewSchema = z.object({
  kind: z.literal('AdmissionReview'),
  apiVersion: name(253),
  request: z.unknown().optional(),
});

/** The request of an AdmissionReview, every field of which is as short as Kubernetes has them. */
export type AdmissionRequest = z.infer<typeof requestSchema>;

/** A request, or why it is none, in words. */
export type ReadRequest =
  { readonly request: AdmissionRequest } | { readonly request?: undefined; readonly fault: string };

/** No object is made of that many objects in objects; each costs the parser a hundred times what a character does. */
const deepest = 1_000;

/** Reads the body of a request. Nothing of it is repeated in a fault. */
export function readRequest(body: string): ReadRequest {
  if (depthOf(body) > deepest) return { fault: 'the body has too many lists or objects in one another' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { fault: body.trim() === '' ? 'the body is empty' : 'the body is not JSON' };
  }
  const review = reviewSchema.safeParse(parsed);
  if (!review.success) return { fault: 'the body is no AdmissionReview' };
  if (review.data.apiVersion !== apiVersion) return { fault: `only ${apiVersion} is understood` };
  return fieldsOf(review.data.request);
}

function fieldsOf(request: unknown): ReadRequest {
  if (!isRecord(request)) return { fault: 'the AdmissionReview has no request' };
  const read = requestSchema.safeParse(request);
  if (read.success) return { request: read.data };
  const [field] = read.error.issues[0]?.path ?? [];
  return { fault: field === 'uid' ? 'the request has no uid' : `the request has no valid ${String(field)}` };
}

const codes = { quote: 0x22, backslash: 0x5c, list: 0x5b, listEnd: 0x5d, object: 0x7b, objectEnd: 0x7d } as const;

function depthOf(json: string): number {
  let [depth, inString] = [0, false];
  for (let at = 0; at < json.length && depth <= deepest; at += 1) {
    // By its code: every review goes this way, and a code is no new text.
    const code = json.charCodeAt(at);
    if (inString && code === codes.backslash) at += 1;
    else if (code === codes.quote) inString = !inString;
    else if (inString) continue;
    else if (code === codes.list || code === codes.object) depth += 1;
    else if (code === codes.listEnd || code === codes.objectEnd) depth -= 1;
  }
  return depth;
}
