import { type Condition, type Reason } from '../../api/index.js';

/** What is judged, before it is known since when. */
export interface Judgement {
  readonly type: string;
  readonly status: Condition['status'];
  readonly reason: Reason;
  readonly message: string;
}

/** The judgements as conditions: the time of one that is still the same stays. */
export function conditionsOf(
  judgements: readonly Judgement[],
  before: readonly Condition[] | undefined,
  { generation, now }: { readonly generation: number; readonly now: Date },
): readonly Condition[] {
  return judgements.map(({ type, status, reason, message }) => {
    const earlier = before?.find((condition) => condition.type === type);
    const since = earlier?.status === status ? earlier.lastTransitionTime : now.toISOString().replace(/\.\d+Z$/, 'Z');
    return {
      type,
      status,
      reason,
      message: shortened(message),
      observedGeneration: generation,
      lastTransitionTime: since,
    };
  });
}

/** All is well, and nothing is being done. */
export function wellDone(reason: Reason, message: string): readonly Judgement[] {
  return [{ type: 'Ready', status: 'True', reason, message }];
}

/** It is not as stated yet; trying again can help. */
export function underWay(reason: Reason, message: string): readonly Judgement[] {
  return [
    { type: 'Ready', status: 'False', reason, message },
    { type: 'Reconciling', status: 'True', reason, message },
  ];
}

/** It cannot go on before somebody has changed something. */
export function stuck(reason: Reason, message: string): readonly Judgement[] {
  return [
    { type: 'Ready', status: 'False', reason, message },
    { type: 'Stalled', status: 'True', reason, message },
  ];
}

// The API server takes 32,768 characters, and nobody reads as many.
const longest = 4_000;

function shortened(message: string): string {
  return message.length <= longest ? message : `${message.slice(0, longest - 1)}…`;
}
