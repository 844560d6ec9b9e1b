import { setImmediate as turn } from 'node:timers/promises';
import { type Clock } from '../../src/clock/index.js';

export interface FakeClock extends Clock {
  /** Lets time pass, and everything happen that waits for it. */
  readonly pass: (milliseconds: number) => Promise<void>;
  /** Lets time pass without anything happening, as in a process that is stopped. */
  readonly freeze: (milliseconds: number) => void;
}

/** A clock that stands still until it is told otherwise. */
export function fakeClock(): FakeClock {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly action: () => void }>();
  return {
    now: () => now,
    after: (milliseconds, action) => {
      const entry = { at: now + milliseconds, action };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    pass: async (milliseconds) => {
      const end = now + milliseconds;
      await turn();
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        now = Math.max(now, next.at);
        waiting.delete(next);
        next.action();
        await turn();
      }
      now = end;
      await turn();
    },
    freeze: (milliseconds) => void (now += milliseconds),
  };
}
