import { retryAfterSeconds } from '../../http/index.js';
import type { Call, Send } from './call.js';

/** Calls per second after Quay has complained: what its stock proxy lets through for ever. */
const slow = { http1: 5, http2: 50 };

/** Every quiet half minute after a complaint doubles the rate; beyond this it is open again. */
const recovery = { milliseconds: 30_000, open: 1_000 };

/** How fast calls may go, and with what. */
export interface Pace {
  readonly callsPerSecond?: number;
  readonly speaksHTTP2: () => boolean;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
}

/**
 * Spaces calls: open until Quay answers 429, then slow and slowly faster; never above the given limit. Of those that wait, the
 * ones in the background let the others go first.
 */
export function throttled(pace: Pace, send: Send): Send {
  const ceiling = pace.callsPerSecond ?? Number.POSITIVE_INFINITY;
  let rate = ceiling;
  let free = 0;
  let changed = 0;

  const recover = (now: number): void => {
    while (rate < ceiling && now - changed >= recovery.milliseconds) {
      rate = rate * 2 > recovery.open ? ceiling : Math.min(ceiling, rate * 2);
      changed += recovery.milliseconds;
    }
  };
  const slowDown = (pauseSeconds: number): void => {
    const now = pace.now();
    rate = Math.min(rate, pace.speaksHTTP2() ? slow.http2 : slow.http1);
    changed = now;
    free = Math.max(free, now + pauseSeconds * 1000);
  };
  const gate = createGate(async () => {
    const now = pace.now();
    recover(now);
    const wait = free - now;
    free = Math.max(free, now) + 1000 / rate;
    if (wait > 0) await pace.delay(wait);
  });

  return async (call) => {
    if (rate !== Number.POSITIVE_INFINITY || free > 0) await gate(call);
    const answer = await send(call);
    if (answer.status === 429) slowDown(Math.min(60, retryAfterSeconds(answer.retryAfter, new Date()) ?? 0));
    return answer;
  };
}

/** Lets one call through after the other, each once `turn` has come; who that is, is decided only then. */
function createGate(turn: () => Promise<void>): (call: Pick<Call, 'background'>) => Promise<void> {
  const first: (() => void)[] = [];
  const background: (() => void)[] = [];
  let isOpening = false;
  const open = async (): Promise<void> => {
    isOpening = true;
    try {
      while (first.length + background.length > 0) {
        await turn();
        (first.shift() ?? background.shift())?.();
      }
    } finally {
      isOpening = false;
    }
  };
  return (call) =>
    new Promise((resolve, reject) => {
      (call.background === true ? background : first).push(resolve);
      if (!isOpening) open().catch(reject);
    });
}
