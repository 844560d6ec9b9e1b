import { limits } from '../../limits/index.js';
import { printable } from '../../text/index.js';
import { type Condition, type Reason } from '../../api/index.js';

/** A condition without its times. */
export type TimelessCondition = Readonly<Pick<Condition, 'type' | 'status' | 'reason' | 'message'>>;

/** A condition that was decided now, with a reason of the vocabulary; one that is read from a status may have any. */
export interface NewCondition extends TimelessCondition {
  readonly reason: Reason;
}

/** The new conditions with their times: the time of one with an unchanged status stays. */
export function conditionsOf(
  newConditions: readonly TimelessCondition[],
  before: readonly Condition[] | undefined,
  { generation, now }: { readonly generation: number; readonly now: Date },
): readonly Condition[] {
  return newConditions.map(({ type, status, reason, message }) => {
    const earlier = before?.find((condition) => condition.type === type);
    const since = earlier?.status === status ? earlier.lastTransitionTime : now.toISOString().replace(/\.\d+Z$/, 'Z');
    return {
      type,
      status,
      reason,
      message: shortened(printable(message)),
      observedGeneration: generation,
      lastTransitionTime: since,
    };
  });
}

/** Ready. */
export function readyCondition(reason: Reason, message: string): readonly NewCondition[] {
  return [{ type: 'Ready', status: 'True', reason, message }];
}

/** Not ready yet; a retry can help. */
export function reconcilingConditions(reason: Reason, message: string): readonly NewCondition[] {
  return [
    { type: 'Ready', status: 'False', reason, message },
    { type: 'Reconciling', status: 'True', reason, message },
  ];
}

/** Not ready until a person changes something. */
export function stalledConditions(reason: Reason, message: string): readonly NewCondition[] {
  return [
    { type: 'Ready', status: 'False', reason, message },
    { type: 'Stalled', status: 'True', reason, message },
  ];
}

/** The API server takes 32,768 characters, and nobody reads as many. */
function shortened(message: string): string {
  const longest = limits.conditionText;
  return message.length <= longest ? message : `${message.slice(0, longest - 1)}…`;
}
