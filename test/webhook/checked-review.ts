import type { Situation } from '../../src/builds/index.js';
import { createReviewer, createWaitingRoom, type Decided, type Reviewer } from '../../src/webhook/index.js';
import { builder, situation } from '../builds/scene.js';
import { applyPatch } from '../builds/apply-patch.js';
import { reviewed, reviewOf } from './review.js';

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
  const room = createWaitingRoom();
  return createReviewer({ situation: () => where, room, failurePolicy: 'Ignore', wait: 0, places: 0, onDecision });
}

const limits = { milliseconds: 10_000, gone: () => new AbortController().signal };

/** Reviews an object as it comes over the wire, and gives what is wrong with the answer. */
export function faultOfReview(review: Reviewer, object: unknown): string | undefined {
  const body = JSON.stringify(reviewOf(object));
  const sent = (JSON.parse(body) as { request: { object?: unknown } }).request.object;
  const answer = review(body, limits);
  if (answer instanceof Promise) return 'it waits';
  if (answer.status !== 200) return `it is answered with ${answer.status}`;
  const { allowed, patch, warnings = [], status } = reviewed(answer.body);
  if (!allowed && status === undefined) return 'it is denied without a reason';
  if ([...warnings, status?.message ?? ''].some((text) => text.length > 256)) return 'its words are too long';
  if (patch === undefined) return undefined;
  const after = applyPatch(sent, patch);
  const fault = faultOf(sent, after);
  if (fault !== undefined) return fault;
  const again = review(JSON.stringify(reviewOf(after)), limits);
  if (again instanceof Promise || reviewed(again.body).patch !== undefined)
    return 'the second time it is patched again';
  return undefined;
}

interface Valid {
  readonly metadata: { readonly annotations: Readonly<Record<string, unknown>> };
  readonly spec: { readonly output: { readonly to: Readonly<Record<string, unknown>> } };
}

function faultOf(before: unknown, after: unknown): string | undefined {
  const { metadata, spec } = after as Valid;
  const { kind, name, namespace } = spec.output.to;
  if (kind !== 'DockerImage' || namespace !== undefined) return `the output is ${JSON.stringify(spec.output.to)}`;
  if (!/^quay\.example\.test:8443\/openshift_shop\/[a-z0-9._-]+:[\w.-]+$/.test(String(name)))
    return `the image is ${String(name)}`;
  const ours = Object.keys(metadata.annotations).filter((key) => key.startsWith('quay-registry-operator.'));
  if (ours.length !== 2) return `the annotations are ${ours.join()}`;
  return JSON.stringify(rest(before)) === JSON.stringify(rest(after)) ? undefined : 'something else was changed';
}

/** All of a Build that a rewrite has to leave alone. */
function rest(build: unknown): unknown {
  const copy = structuredClone(build) as {
    metadata?: { annotations?: Record<string, unknown> };
    spec: { output: { to?: unknown } };
  };
  delete copy.spec.output.to;
  const { annotations = {}, ...metadata } = copy.metadata ?? {};
  const theirs = Object.entries(annotations ?? {}).filter(([key]) => !key.startsWith('quay-registry-operator.'));
  return { ...copy, metadata, annotations: theirs };
}
