import type { Situation } from '../../src/builds/index.js';
import { createNews, createReviewer, type Decided, type Reviewer } from '../../src/webhook/index.js';
import { builder, situation } from '../fixtures/builds/decisions.js';
import { applyPatch } from '../support/apply-patch.js';
import { reviewed, reviewOf } from '../fixtures/admission/review.js';

/** Situations of every kind, so that every way through a judgement is gone. */
export const situations: readonly Situation[] = [
  situation(),
  situation({ robots: { builder, ci: { ...builder, name: 'ci' } } }),
  situation({ robots: { builder: { ...builder, linked: false } } }),
  situation({ organization: { exists: false } }),
  situation({ without: 'organization' }),
  situation({ integration: { suspended: true } }),
  situation({ integration: { registry: { fault: 'quayHostname is empty' } } }),
  { unknown: 'namespaces have not been listed yet' },
  {},
];

/** A reviewer that never waits. */
export function reviewerIn(where: Situation, onDecision: (decided: Decided) => void = () => undefined): Reviewer {
  return createReviewer({ situation: () => where, news: createNews(), wait: 0, onDecision });
}

/** Reviews an object as it comes over the wire, and gives what is wrong with the answer. */
export async function faultOfReview(review: Reviewer, object: unknown): Promise<string | undefined> {
  const body = JSON.stringify(reviewOf(object));
  const sent = (JSON.parse(body) as { request: { object?: unknown } }).request.object;
  const answer = await review(body);
  if (answer.status !== 200) return `it is answered with ${answer.status}`;
  const { allowed, patch, warnings = [] } = reviewed(answer.body);
  if (!allowed) return 'it is denied';
  if (warnings.some((text) => text.length > 256)) return 'its words are too long';
  if (patch === undefined) return undefined;
  const after = applyPatch(sent, patch);
  const fault = faultOf(sent, after);
  if (fault !== undefined) return fault;
  const again = await review(JSON.stringify(reviewOf(after)));
  return reviewed(again.body).patch === undefined ? undefined : 'the second time it is patched again';
}

interface Valid {
  readonly metadata: { readonly annotations: Readonly<Record<string, unknown>> };
  readonly spec?: { readonly output?: { readonly to?: Readonly<Record<string, unknown>> } };
}

function faultOf(before: unknown, after: unknown): string | undefined {
  const { metadata, spec } = after as Valid;
  const { kind, name, namespace } = spec?.output?.to ?? {};
  const ours = Object.keys(metadata.annotations).filter((key) => key.startsWith('quay-registry-operator.'));
  // All that may be done to one that is left as it is is to write that down.
  if (ours.length === 0)
    return JSON.stringify(rest(before)) === JSON.stringify(rest(after)) ? undefined : 'it was changed';
  if (kind !== 'DockerImage' || namespace !== undefined) return `the output is ${JSON.stringify(spec?.output?.to)}`;
  if (!/^quay\.example\.test:8443\/openshift_shop\/[a-z0-9._-]+:[\w.-]+$/.test(String(name)))
    return `the image is ${String(name)}`;
  if (ours.length !== 2) return `the annotations are ${ours.join()}`;
  const [was, is] = [rest(before), rest(after)];
  for (const { spec: one } of [was, is]) delete one?.output?.to;
  return JSON.stringify(was) === JSON.stringify(is) ? undefined : 'something else was changed';
}

interface Rest {
  readonly metadata?: object;
  readonly spec?: { readonly output?: { to?: unknown } };
}

/** All of a Build but our annotations and its push secret, which is not always there already. */
function rest(build: unknown): Rest {
  const copy = structuredClone(build) as Rest & {
    metadata?: { annotations?: Record<string, unknown> | null };
    spec?: { output?: { pushSecret?: unknown } };
  };
  delete copy.spec?.output?.pushSecret;
  const { annotations, ...metadata } = copy.metadata ?? {};
  const theirs = Object.entries(annotations ?? {}).filter(([key]) => !/^(quay-registry-operator|quayside)\./.test(key));
  return { ...copy, metadata: { ...metadata, annotations: theirs } };
}
