import { backoff, type Clock, systemClock } from '../../clock/index.js';

export interface BatcherOptions {
  /** Does all that has come together; never twice at once. What it throws is tried again. */
  readonly run: () => Promise<void>;
  readonly onFault: (error: unknown) => void;
  /** Milliseconds without anything new after which a batch is closed. */
  readonly quiet: number;
  /** Milliseconds that a batch stays open at most. */
  readonly most: number;
  readonly clock?: Clock;
}

/** Collects changes, so that a burst of them becomes one reconciliation. */
export interface Batcher {
  /** Something has changed. The first change after quiet is worked on at once. */
  readonly add: () => void;
  /** Something is found to be due, which nothing follows: it puts off nothing that is planned, and repeats nothing that is being done. */
  readonly addFound: () => void;
  /** The same at a later time, unless something comes before. */
  readonly addLater: (milliseconds: number) => void;
  /** Whether there is nothing to do. */
  readonly isIdle: () => boolean;
  /** Takes nothing in any more, and ends what is being done. */
  readonly stop: () => Promise<void>;
}

const retries = { first: 1_000, most: 300_000 };

/** A batcher that is idle. */
export function createBatcher({ run, onFault, quiet, most, clock = systemClock }: BatcherOptions): Batcher {
  let first: number | undefined;
  let ended = -Infinity;
  let failures = 0;
  let working: Promise<void> | undefined;
  let stopped = false;
  const next = oneAction(clock);
  const later = oneAction(clock);

  const work = async (): Promise<void> => {
    first = undefined;
    try {
      await run();
      failures = 0;
    } catch (error) {
      failures += 1;
      first ??= clock.now();
      onFault(error);
    }
    ended = clock.now();
    working = undefined;
    if (first !== undefined && !stopped) plan(failures > 0 ? backoff(retries, failures) : quiet);
  };
  const plan = (wait: number): void =>
    next.plan(wait, () => {
      if (working === undefined && !stopped) working = work();
    });
  const addBefore = (latest: number): void => {
    if (stopped) return;
    const now = clock.now();
    const isFirst = first === undefined;
    first ??= now;
    if (working !== undefined) return;
    const wasQuiet = isFirst && now - ended >= quiet;
    // Something new may be what a failure was waiting for.
    plan(wasQuiet ? 0 : Math.max(0, Math.min(quiet, first + most - now, latest - now)));
  };
  const add = (): void => addBefore(Infinity);

  return {
    add,
    addFound: () => {
      if (working === undefined) addBefore(next.due());
    },
    addLater: (milliseconds) => {
      if (!stopped && later.due() > clock.now() + milliseconds) later.plan(milliseconds, add);
    },
    isIdle: () => first === undefined && working === undefined,
    stop: async () => {
      stopped = true;
      next.callOff();
      later.callOff();
      await working;
    },
  };
}

/** One action that is still to come, at most: whoever plans another calls that off. */
function oneAction(clock: Clock): {
  /** When it comes; infinity when there is none. */
  readonly due: () => number;
  readonly plan: (wait: number, action: () => void) => void;
  readonly callOff: () => void;
} {
  let due = Infinity;
  let callOff: () => void = () => undefined;
  return {
    due: () => due,
    plan: (wait, action) => {
      callOff();
      due = clock.now() + wait;
      callOff = clock.after(wait, () => {
        due = Infinity;
        action();
      });
    },
    callOff: () => callOff(),
  };
}
