import type { Call, RawAnswer } from '../transport/call.js';
import type { Body } from './body.js';
import type { Outcome } from './outcome.js';

/** An answer that is not what was asked for, and all that is needed to say so. */
export interface Failed {
  readonly call: Call;
  readonly answer: RawAnswer;
  readonly body: Body;
  readonly outcome: Outcome;
  readonly origin: string;
  /** Values that may not be shown. */
  readonly secrets: readonly string[];
}
