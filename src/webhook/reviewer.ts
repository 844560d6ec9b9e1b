import { type AdmissionFailurePolicy } from '../api/index.js';
import { type Decision, judge, settle, type Situation, type Unchanged, type Waiting } from '../builds/index.js';
import { answerFor, readReview, type ReviewRequest } from './admission-review.js';
import { type WaitingRoom } from './waiting-room.js';

/** The answer to a review: an AdmissionReview, or with another status than 200 the reason why there is none. */
export interface ReviewAnswer {
  readonly status: number;
  readonly body: string;
}

/** A review that has been decided. */
export interface Decided {
  readonly decision: Decision;
  readonly namespace: string;
  readonly seconds: number;
}

/** What the client of a review allows for. */
export interface ReviewLimits {
  /** Milliseconds after which it no longer listens. */
  readonly milliseconds: number;
  /** Aborted when it has gone; asked for only where a review waits. */
  readonly gone: () => AbortSignal;
}

/** Reviews what the API server asks about. */
export type Reviewer = (body: string, limits: ReviewLimits) => ReviewAnswer | Promise<ReviewAnswer>;

export interface ReviewerOptions {
  readonly situation: (namespace: string) => Situation;
  readonly room: WaitingRoom;
  readonly failurePolicy: AdmissionFailurePolicy;
  /** Milliseconds that a review may wait for provisioning. */
  readonly wait: number;
  /** Reviews that may wait at a time; any more are decided at once. */
  readonly places: number;
  readonly onDecision?: (decided: Decided) => void;
}

/** What is left of the client's patience when the answer is sent. */
const margin = 1_000;

/** A reviewer that waits where waiting can help. */
export function createReviewer(options: ReviewerOptions): Reviewer {
  const { situation, failurePolicy, room, onDecision } = options;
  const look = (request: ReviewRequest): Decision | Waiting =>
    request.concerned ? judge(request.object, request.namespace, situation(request.namespace)) : otherwise;
  const settled = (waiting: Waiting, namespace: string): Decision =>
    settle(waiting, { situation: situation(namespace), failurePolicy, now: Date.now() });
  const finish = ({ uid, namespace }: ReviewRequest, decision: Decision, begun: number): ReviewAnswer => {
    onDecision?.({ decision, namespace, seconds: (performance.now() - begun) / 1000 });
    return { status: 200, body: answerFor(uid, decision) };
  };

  const patiently = async (request: ReviewRequest, first: Waiting, limits: ReviewLimits): Promise<Decision> => {
    const gone = limits.gone();
    const until = performance.now() + Math.min(options.wait, limits.milliseconds - margin);
    let now: Decision | Waiting = first;
    while (now.decision === 'Waiting' && !now.stuck && !gone.aborted) {
      const left = until - performance.now();
      if (left <= 0) break;
      await room.wait(request.namespace, left, gone);
      now = look(request);
    }
    return now.decision === 'Waiting' ? settled(now, request.namespace) : now;
  };

  return (body, limits) => {
    const begun = performance.now();
    const { request, ...read } = readReview(body);
    if (request === undefined) return { status: 400, body: 'fault' in read ? read.fault : '' };
    const now = look(request);
    if (now.decision !== 'Waiting') return finish(request, now, begun);
    if (now.stuck || room.size() >= options.places) {
      return finish(request, settled(now, request.namespace), begun);
    }
    return patiently(request, now, limits).then((decision) => finish(request, decision, begun));
  };
}

/** An update, or an object of another kind. */
const otherwise: Unchanged = { decision: 'Unchanged', reason: 'NotABuild' };
