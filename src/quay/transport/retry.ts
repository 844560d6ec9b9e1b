import { backoff } from '../../clock/index.js';
import { QuaysideError } from '../../errors/index.js';
import { retryAfterSeconds } from '../../http/index.js';
import type { Proxy } from '../../proxy/index.js';
import type { Call, RawAnswer, Send } from './call.js';
import { noAnswer, type Way } from './network-error.js';

const tries = 5;
const pauses = { first: 500, most: Infinity, jitter: 1 };

/** After this long nothing is tried again: whoever asked has a backoff of their own. */
const patience = 90_000;

/** A pause that Quay asks for and that is longer is not waited for here. */
const longestPause = 60;

const unavailable = new Set([502, 503, 504, 520]);

/** With what the retries wait. */
export interface Patience {
  readonly origin: string;
  readonly proxy: Proxy | undefined;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
  readonly now: () => number;
}

/** How one try ended, and whether another may follow. */
interface Try {
  readonly result: { readonly answer: RawAnswer } | { readonly error: QuaysideError };
  readonly again: boolean;
  /** Quay may have acted on it. */
  readonly arrived: boolean;
  /** Milliseconds that Quay asks to wait. */
  readonly pause: number;
}

/** Repeats what may be repeated: with growing, jittered pauses, and as `Retry-After` says. */
export function retrying({ delay, random, now, ...way }: Patience, send: Send): Send {
  return async (call) => {
    const start = now();
    let repeated = false;
    for (let attempt = 1; ; attempt += 1) {
      const { result, again, arrived, pause: asked } = await tryOnce(send, call, way, attempt);
      const pause = Math.max(backoff(pauses, attempt, random), asked);
      if (!again || attempt >= tries || now() - start + pause > patience) {
        if ('error' in result) throw result.error;
        return repeated ? { ...result.answer, repeated } : result.answer;
      }
      repeated ||= arrived;
      await delay(pause);
    }
  };
}

async function tryOnce(send: Send, call: Call, way: Way, attempt: number): Promise<Try> {
  try {
    const answer = await send(call);
    const limited = answer.status === 429;
    const seconds = limited ? (retryAfterSeconds(answer.retryAfter, new Date()) ?? 0) : 0;
    const again = mayRepeat(call, answer, attempt) && seconds <= longestPause;
    return { result: { answer }, again, arrived: !limited, pause: seconds * 1000 };
  } catch (thrown) {
    if (thrown instanceof QuaysideError) throw thrown;
    const { arrived, error, closed = false } = noAnswer(call, way, thrown);
    const again = error.retryable && !closed && (!arrived || call.repeat !== false);
    return { result: { error }, again, arrived, pause: 0 };
  }
}

function mayRepeat(call: Call, answer: RawAnswer, attempt: number): boolean {
  if (answer.status === 429) return true;
  if (answer.status === 500) return call.method === 'GET' && attempt === 1;
  if (!unavailable.has(answer.status)) return false;
  return call.repeat !== false && !answer.text.includes('"is_readonly"');
}
