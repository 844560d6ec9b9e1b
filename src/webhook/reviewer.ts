import { type Decision, decide, type Situation, type Unchanged } from '../builds/index.js';
import { limits } from '../limits/index.js';
import { answerFor, readReview, type ReviewRequest } from './admission-review.js';
import { type News } from './news.js';

/** The answer to a review: an AdmissionReview, or with another status than 200 the reason why there is none. */
export interface ReviewAnswer {
  readonly status: number;
  readonly body: string;
}

/** A review that has been decided. */
export interface Decided {
  readonly decision: Decision;
  readonly namespace: string;
  /** Nothing comes of it. */
  readonly dryRun: boolean;
  readonly seconds: number;
}

/** Reviews what the API server asks about. */
export type Reviewer = (body: string) => ReviewAnswer | Promise<ReviewAnswer>;

export interface ReviewerOptions {
  readonly situation: (namespace: string) => Situation;
  readonly news: News;
  /** Milliseconds that a review waits for the first news of its namespace. Default 2,000. */
  readonly wait?: number;
  readonly onDecision?: (decided: Decided) => void;
}

/**
 * A reviewer. It waits for one thing alone, and not for long: to hear of a namespace of which not even the labels are known,
 * since a Build can come in the same moment. What is not provisioned yet is waited for by the Build's pod.
 */
export function createReviewer({
  situation,
  news,
  wait = limits.reviewWait * 1_000,
  onDecision,
}: ReviewerOptions): Reviewer {
  const look = (request: ReviewRequest): Decision =>
    request.concerned ? decide(request.object, request.namespace, situation(request.namespace)) : otherwise;
  const finish = ({ uid, namespace, dryRun }: ReviewRequest, decision: Decision, begun: number): ReviewAnswer => {
    onDecision?.({ decision, namespace, dryRun, seconds: (performance.now() - begun) / 1000 });
    return { status: 200, body: answerFor(uid, decision) };
  };
  const later = async (body: string, namespace: string, begun: number): Promise<ReviewAnswer> => {
    for (;;) {
      const left = begun + wait - performance.now();
      const heard = left > 0 ? news.of(namespace, left) : undefined;
      // Meanwhile no more is kept than the text: what is made of it may take thirty times the room.
      await heard;
      const { request } = readReview(body);
      if (request === undefined) throw new TypeError('a review was read once, and not again');
      const now = look(request);
      if (!isUnknown(now) || heard === undefined) return finish(request, now, begun);
    }
  };

  return (body) => {
    const begun = performance.now();
    const { request, ...read } = readReview(body);
    if (request === undefined) return { status: 400, body: 'fault' in read ? read.fault : '' };
    const now = look(request);
    if (!isUnknown(now) || body.length > limits.waitingReviewBytes) return finish(request, now, begun);
    return later(body, request.namespace, begun);
  };
}

function isUnknown(decision: Decision): boolean {
  return decision.decision === 'Unchanged' && decision.reason === 'StateUnknown';
}

/** An update, or an object of another kind. */
const otherwise: Unchanged = { decision: 'Unchanged', reason: 'NotABuild' };
